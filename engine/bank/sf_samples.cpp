#include "bank/sf_samples.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/mathx.h"

namespace arietta {
namespace {

// Interpolation at a loop's start reads frames before it; moved this far in, it reads frames of the loop itself.
constexpr uint32_t kLoopShift = 4;
constexpr float kHalvedAboveHz = 30000;   // below this, halving would take the brightness away

}  // namespace

uint32_t SampleLayout::frames_of(uint32_t index, std::string& problem) {
  auto [entry, is_new] = sources_.try_emplace(index);
  Source& source = entry->second;
  if (is_new) {
    const SfSample sample = file_.sample(index);
    const Bytes data = file_.sample_data();
    const size_t unit = sample.is_ogg() ? 1 : sizeof(int16_t);
    source.length = 0;
    if (sample.is_rom()) {
      source.problem = "it is kept in the memory of a sound card";
    } else if (sample.start >= sample.end || sample.end > data.size() / unit) {
      source.problem = "it lies outside the file's sound data";
    } else if (sample.is_ogg()) {
      const size_t left = max_frames_ - std::min(max_frames_, decoded_frames_);
      if (decoder_.decode(data.subspan(sample.start, sample.end - sample.start), left, source.decoded, source.problem))
        source.length = uint32_t(source.decoded.size());
      decoded_frames_ += source.decoded.size();
    } else {
      source.length = sample.end - sample.start;
    }
    if (!source.problem.empty()) source.problem = "sample \"" + std::string(sample.name) + "\": " + source.problem;
  }
  if (!source.problem.empty()) problem = source.problem;
  return source.length;
}

size_t SampleLayout::add(const SampleUse& use) {
  auto shares = [&](const Slot& slot) {
    const SampleUse& other = slot.use;
    return other.sample == use.sample && other.end == use.end && other.loop == use.loop &&
           other.loop_start == use.loop_start && other.loop_end == use.loop_end;
  };
  auto slot = std::find_if(slots_.begin(), slots_.end(), shares);
  if (slot == slots_.end()) slot = slots_.insert(slot, Slot{use});
  slot->use.start = std::min(slot->use.start, use.start);
  bookings_.push_back({size_t(slot - slots_.begin()), use.start});
  return bookings_.size() - 1;
}

Bytes SampleLayout::frames(uint32_t index) const {
  const Source& source = sources_.at(index);
  if (!source.decoded.empty())
    return {reinterpret_cast<const uint8_t*>(source.decoded.data()), source.decoded.size() * sizeof(int16_t)};
  return file_.sample_data().subspan(size_t(file_.sample(index).start) * sizeof(int16_t), source.length * sizeof(int16_t));
}

// The frames from the slot's start on, with its loop in the slot's own coordinates.
std::vector<int16_t> SampleLayout::body_of(Slot& slot) const {
  const SampleUse& use = slot.use;
  const Bytes source = frames(use.sample);
  std::vector<int16_t> body;
  auto append = [&](uint32_t from, uint32_t to) {
    const size_t at = body.size();
    body.resize(at + to - from);
    if (to > from) std::memcpy(body.data() + at, &source[size_t(from) * 2], size_t(to - from) * 2);
  };
  if (use.loop == kLoopNone) {
    append(use.start, use.end);
    slot.end = use.end - use.start;
    slot.loop_start = slot.loop_end = 0;
    return body;
  }
  const uint32_t period = use.loop_end - use.loop_start;
  uint32_t times = (2 * kBankMinLoopFrames - 1) / period + 1;   // long enough even when halved,
  if (period * times % 2) times *= 2;                           // and even, so that halving keeps its pitch
  append(use.start, use.loop_start);
  for (uint32_t i = 0; i < times; ++i) append(use.loop_start, use.loop_end);
  slot.loop_start = use.loop_start - use.start;
  slot.loop_end = slot.loop_start + period * times;
  if (use.loop == kLoopUntilRelease) {
    append(use.loop_end, use.end);
  } else {
    const uint32_t shift = kLoopShift + slot.loop_start % 2;
    for (uint32_t i = 0; i < 2 * kBankGuardFrames + 2 * kLoopShift; ++i)
      body.push_back(body[slot.loop_start + i % (period * times)]);
    slot.loop_start += shift;
    slot.loop_end += shift;
  }
  slot.end = uint32_t(body.size());
  return body;
}

// A half-band low-pass (31 taps, raised cosine window), then every second frame.
void SampleLayout::halve_body(Slot& slot, std::vector<int16_t>& body) {
  constexpr int kReach = 15;
  float taps[kReach + 1];
  float sum = 0;
  for (int i = 0; i <= kReach; ++i) {
    const float x = float(i) * 0.5f;
    const float sinc = i ? std::sin(kPi * x) / (kPi * x) : 1.0f;
    const float window = 0.5f + 0.5f * std::cos(kPi * float(i) / float(kReach + 1));
    taps[i] = sinc * window;
    sum += i ? 2 * taps[i] : taps[i];
  }
  auto at = [&](long i) { return i < 0 || i >= long(body.size()) ? 0.0f : float(body[size_t(i)]); };
  std::vector<int16_t> half((body.size() + 1) / 2);
  for (size_t i = 0; i < half.size(); ++i) {
    const long centre = long(i * 2);
    float value = taps[0] * at(centre);
    for (int k = 1; k <= kReach; ++k) value += taps[k] * (at(centre - k) + at(centre + k));
    half[i] = int16_t(std::lround(clampf(value / sum, -32768, 32767)));
  }
  body = std::move(half);
  slot.loop_start /= 2;
  slot.loop_end /= 2;
  slot.end = std::min(slot.end / 2, uint32_t(body.size()));
  slot.halved = true;
}

bool SampleLayout::write(bool halve, std::vector<int16_t>& out) {
  out.clear();
  for (Slot& slot : slots_) {
    slot.halved = false;
    std::vector<int16_t> body = body_of(slot);
    const uint32_t rate = file_.sample(slot.use.sample).rate;
    if (halve && float(rate) > kHalvedAboveHz) halve_body(slot, body);
    if (out.size() + body.size() + 2 * kBankGuardFrames > max_frames_) return false;
    out.resize(out.size() + kBankGuardFrames);
    slot.first = uint32_t(out.size());
    out.insert(out.end(), body.begin(), body.end());
    out.resize(out.size() + kBankGuardFrames);
    slot.end += slot.first;
    if (slot.use.loop != kLoopNone) {
      slot.loop_start += slot.first;
      slot.loop_end += slot.first;
    }
    if (slot.use.loop == kLoopForever) slot.end = slot.loop_end;
  }
  return true;
}

SampleLayout::Place SampleLayout::placed(size_t booking) const {
  const Booking& use = bookings_[booking];
  const Slot& slot = slots_[use.slot];
  const uint32_t skipped = (use.start - slot.use.start) / (slot.halved ? 2 : 1);
  return {slot.first + skipped, slot.end, slot.loop_start, slot.loop_end, slot.halved ? 0.5f : 1.0f};
}

}  // namespace arietta
