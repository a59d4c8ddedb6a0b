#include "devices/string_loops.h"

#include <cmath>

#include "base/mathx.h"
#include "dsp/denormal.h"

namespace arietta {
namespace {

constexpr float kLeastDelay = 4;             // the nearest of the eight taps is then one frame old
constexpr float kStiffest = 0.93f;           // all-pass coefficient at full stiffness: a rod rather than a string
constexpr float kLn1000 = 6.9077553f;

// Frames that a one-pole low-pass and a first-order all-pass delay a sine of `w` radians per frame.
float low_pass_delay(float keep, float w) { return std::atan2(keep * std::sin(w), 1 - keep * std::cos(w)) / w; }
float all_pass_delay(float a, float w) { return 1 + 2 / w * std::atan2(a * std::sin(w), 1 - a * std::cos(w)); }

// Lagrange weights of eight taps for a place `x` after the first one.
void lagrange(float x, float* weights) {
  constexpr float kScale[8] = {-1.0f / 5040, 1.0f / 720, -1.0f / 240, 1.0f / 144, -1.0f / 144, 1.0f / 240, -1.0f / 720, 1.0f / 5040};
  float before[8], after = 1;
  before[0] = 1;
  for (int i = 1; i < 8; ++i) before[i] = before[i - 1] * (x - float(i - 1));
  for (int i = 7; i >= 0; --i) {
    weights[i] = before[i] * after * kScale[i];
    after *= x - float(i);
  }
}

}  // namespace

StringTune StringTune::make(float hz, float ring_s, float loss, float stiffness, float sample_rate) {
  const float period = sample_rate / hz, w = 2 * kPi / period;
  // The low-pass loses c w^2 / 2 a turn, with c = keep / (1 - keep)^2. High strings have no room for much of it.
  const float room = 0.5f * (period - kLeastDelay - 2);
  float c = 2 * loss * sample_rate * period;
  const float most = room > 0.01f ? room * (1 + room) : 0.01f;              // there keep / (1 - keep) is `room`
  c = clampf(c, 1e-6f, most);
  const float keep = (2 * c + 1 - std::sqrt(4 * c + 1)) / (2 * c);
  // Stiffness needs room too: an all-pass delays by up to (1 + a) / (1 - a).
  const float rest = 0.5f * (period - kLeastDelay - low_pass_delay(keep, w));
  const float widest = rest > 1 ? (rest - 1) / (rest + 1) : 0;
  const float a = clampf(kStiffest * std::pow(stiffness, 0.4f), 0, widest);
  const float delay = period - low_pass_delay(keep, w) - 2 * all_pass_delay(a, w);
  const float gain = std::exp(-kLn1000 * period / (ring_s * sample_rate));
  return {delay > kLeastDelay ? delay : kLeastDelay, keep, gain * (1 - keep), a};
}

bool StringLoops::prepare(Arena& arena, float lowest_hz, float sample_rate) {
  const int longest = int(sample_rate / lowest_hz) + kTaps;
  int size = 64;
  while (size < longest) size *= 2;
  mask_ = size - 1;
  const size_t row = size_t(size + kTaps);   // the first frames once more behind the last, so that taps lie in one piece
  memory_ = arena.array<float>(4 * row);
  if (memory_.empty()) return false;
  for (int lane = 0; lane < 4; ++lane) ring_[lane] = memory_.data() + size_t(lane) * row;
  reset();
  return true;
}

void StringLoops::reset() {
  for (float& frame : memory_) frame = 0;
  at_ = 0;
  for (int lane = 0; lane < 4; ++lane) {
    delay_[lane] = kLeastDelay;
    place_taps(lane, kLeastDelay, kLeastDelay);
  }
  keep_ = push_ = stiffness_ = keep_step_ = push_step_ = stiffness_step_ = low_ = peaks_ = 0;
  for (int i = 0; i < 2; ++i) in_[i] = out_[i] = 0;
  moving_ = false;
}

void StringLoops::place_taps(int lane, float from, float to) {
  const int whole = int(0.5f * (from + to));
  alignas(16) float start[kTaps], end[kTaps];
  back_[lane] = whole + kAhead;                                  // the first tap is the oldest
  lagrange(float(whole + kAhead) - from, start);
  lagrange(float(whole + kAhead) - to, end);
  for (int half = 0; half < 2; ++half) {
    taps_[lane][half] = f32x4::load(start + 4 * half);
    tap_steps_[lane][half] = (f32x4::load(end + 4 * half) - taps_[lane][half]) * f32x4(1.0f / kMaxBlock);
  }
  moving_ = moving_ || from != to;
}

void StringLoops::start(int lane, const StringTune& tune) {
  for (int i = 0; i <= mask_ + kTaps; ++i) ring_[lane][i] = 0;
  const mask4 one = only_lane(lane);
  const f32x4 zero(0);
  low_ = select(one, zero, low_);
  peaks_ = select(one, zero, peaks_);
  for (int i = 0; i < 2; ++i) {
    in_[i] = select(one, zero, in_[i]);
    out_[i] = select(one, zero, out_[i]);
  }
  keep_ = with_lane(keep_, lane, tune.keep);
  push_ = with_lane(push_, lane, tune.push);
  stiffness_ = with_lane(stiffness_, lane, tune.stiffness);
  keep_step_ = select(one, zero, keep_step_);
  push_step_ = select(one, zero, push_step_);
  stiffness_step_ = select(one, zero, stiffness_step_);
  delay_[lane] = tune.delay;
  place_taps(lane, tune.delay, tune.delay);
}

void StringLoops::aim(int lane, const StringTune& tune) {
  const float to = clampf(tune.delay, delay_[lane] - kFastest, delay_[lane] + kFastest);
  place_taps(lane, delay_[lane], to);
  delay_[lane] = to;
  constexpr float kPerFrame = 1.0f / kMaxBlock;
  keep_step_ = with_lane(keep_step_, lane, (tune.keep - lane_of(keep_, lane)) * kPerFrame);
  push_step_ = with_lane(push_step_, lane, (tune.push - lane_of(push_, lane)) * kPerFrame);
  stiffness_step_ = with_lane(stiffness_step_, lane, (tune.stiffness - lane_of(stiffness_, lane)) * kPerFrame);
}

void StringLoops::hold() {
  if (moving_) {
    moving_ = false;
    for (int lane = 0; lane < 4; ++lane) place_taps(lane, delay_[lane], delay_[lane]);
  }
  keep_step_ = push_step_ = stiffness_step_ = 0;
  low_ = flush_denormal(low_);
  for (int i = 0; i < 2; ++i) {
    in_[i] = flush_denormal(in_[i]);
    out_[i] = flush_denormal(out_[i]);
  }
}

void StringLoops::render(const f32x4* in, f32x4* out, int frames) {
  f32x4 taps[4][2];
  for (int lane = 0; lane < 4; ++lane)
    for (int half = 0; half < 2; ++half) taps[lane][half] = taps_[lane][half];
  for (int i = 0; i < frames; ++i) {
    f32x4 wave[4];
    for (int lane = 0; lane < 4; ++lane) {
      const float* x = ring_[lane] + ((at_ - back_[lane]) & mask_);
      wave[lane] = f32x4::load(x) * taps[lane][0] + f32x4::load(x + 4) * taps[lane][1];
    }
    if (moving_)
      for (int lane = 0; lane < 4; ++lane)
        for (int half = 0; half < 2; ++half) taps[lane][half] += tap_steps_[lane][half];
    transpose(wave[0], wave[1], wave[2], wave[3]);
    const f32x4 arriving = (wave[0] + wave[2]) + (wave[1] + wave[3]);
    out[i] = arriving;
    peaks_ = max(peaks_, abs(arriving));

    keep_ += keep_step_;
    push_ += push_step_;
    stiffness_ += stiffness_step_;
    low_ = keep_ * low_ + push_ * arriving;
    f32x4 turned = low_;
    for (int stage = 0; stage < 2; ++stage) {
      const f32x4 passed = in_[stage] + stiffness_ * (out_[stage] - turned);
      in_[stage] = turned;
      out_[stage] = turned = passed;
    }
    turned = flush_denormal(turned + in[i]);
    alignas(16) float lanes[4];
    turned.store(lanes);
    for (int lane = 0; lane < 4; ++lane) {
      ring_[lane][at_] = lanes[lane];
      if (at_ < kTaps) ring_[lane][at_ + mask_ + 1] = lanes[lane];
    }
    at_ = (at_ + 1) & mask_;
  }
  for (int lane = 0; lane < 4; ++lane)
    for (int half = 0; half < 2; ++half) taps_[lane][half] = taps[lane][half];
}

f32x4 StringLoops::take_peaks() {
  const f32x4 peaks = peaks_;
  peaks_ = 0;
  return peaks;
}

}  // namespace arietta
