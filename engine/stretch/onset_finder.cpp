#include "stretch/onset_finder.h"

#include <algorithm>
#include <cmath>

#include "base/mathx.h"

namespace arietta {

namespace {

constexpr float kThreshold = 0.5f;                     // mean rise per band, in doublings of energy
constexpr float kMostRise = 6;                         // more in one band says no more
constexpr float kFloor = 1e-5f;                        // of the loudest band: what counts as silence
constexpr float kLowestHz = 80;

}  // namespace

bool OnsetFinder::prepare(float sample_rate, Arena& arena) {
  size_ = 64;                                          // 256 at 48 kHz: 5 ms
  while (float(size_) < 0.004f * sample_rate) size_ *= 2;
  hop_ = size_ / 4;
  if (!fft_.prepare(size_, arena)) return false;
  mask_ = size_ * 16 - 1;
  history_ = arena.array<float>(size_t(size_ * 16));
  window_ = arena.array<float>(size_t(size_));
  time_ = arena.array<float>(size_t(size_));
  re_ = arena.array<float>(size_t(size_ / 2 + 4));
  im_ = arena.array<float>(size_t(size_ / 2 + 4));
  steepness_ = arena.array<float>(size_t(size_ * 2 + 4));
  if (steepness_.empty()) return false;
  for (int i = 0; i < size_; ++i) window_[size_t(i)] = 0.5f - 0.5f * std::cos(2 * kPi * float(i) / float(size_));

  const float highest = std::min(0.45f * sample_rate, 16000.0f);
  for (int band = 0; band <= kBands; ++band) {
    const float hz = kLowestHz * std::pow(highest / kLowestHz, float(band) / kBands);
    const int bin = int(hz * float(size_) / sample_rate + 0.5f);
    band_edge_[band] = band == 0 ? std::max(1, bin) : std::max(band_edge_[band - 1] + 1, bin);
  }
  for (int& edge : band_edge_) edge = std::min(edge, size_ / 2);
  start(0);
  return true;
}

void OnsetFinder::start(int64_t first_frame) {
  frame_ = first_ = first_frame;
  last_onset_ = first_frame - (1 << 30);
  for (auto& step : bands_) std::fill(step, step + kBands, 0.0f);
  std::fill(novelty_, novelty_ + 2 * kAhead + 1, 0.0f);
  std::fill(history_.begin(), history_.end(), 0.0f);
  loudest_ = 0;
  step_ = 0;
}

bool OnsetFinder::push(float sample) {
  history_[size_t(frame_ & mask_)] = sample;
  ++frame_;
  if ((frame_ - first_) % hop_ != 0) return false;

  std::copy(novelty_ + 1, novelty_ + 2 * kAhead + 1, novelty_);
  novelty_[2 * kAhead] = novelty();
  const float candidate = novelty_[kAhead];
  if (candidate < kThreshold) return false;
  for (int i = 0; i < 2 * kAhead + 1; ++i)
    if (i < kAhead ? novelty_[i] >= candidate : novelty_[i] > candidate) return false;

  const int64_t centre = frame_ - size_ / 2 - kAhead * hop_;
  const int64_t at = sharpest_rise(centre - size_ * 3 / 4, size_ * 3 / 2);
  if (at - last_onset_ < size_ * 2) return false;      // two onsets within 10 ms are one
  onset_ = last_onset_ = at;
  return true;
}

float OnsetFinder::novelty() {
  for (int i = 0; i < size_; ++i)
    time_[size_t(i)] = history_[size_t((frame_ - size_ + i) & mask_)] * window_[size_t(i)];
  fft_.forward(time_.data(), re_.data(), im_.data());
  float* now = bands_[step_ % kBack];
  float most_now = 0, total = 0;
  float energy[kBands];
  for (int band = 0; band < kBands; ++band) {
    float sum = 0;
    for (int bin = band_edge_[band]; bin < band_edge_[band + 1]; ++bin)
      sum += re_[size_t(bin)] * re_[size_t(bin)] + im_[size_t(bin)] * im_[size_t(bin)];
    energy[band] = sum;
    most_now = std::max(most_now, sum);
  }
  loudest_ = std::max(most_now, loudest_ * 0.999f) + 1e-12f;
  const float floor = kFloor * loudest_;
  for (int band = 0; band < kBands; ++band) {
    float before = 0;
    for (int back = 2; back < kBack; ++back) before = std::max(before, bands_[(step_ + kBack - back) % kBack][band]);
    const float rise = std::log2((energy[band] + floor) / (before + floor));
    total += std::min(std::max(rise, 0.0f), kMostRise);
  }
  std::copy(energy, energy + kBands, now);
  ++step_;
  return total / kBands;
}

// Where a millisecond of differenced sound holds most more than the two before it. Differences lift high frequencies,
// which begin sharper.
int64_t OnsetFinder::sharpest_rise(int64_t from, int frames) {
  const int ahead = size_ / 6, back = size_ / 3, count = back + frames + ahead;
  float previous = history_[size_t((from - back - 1) & mask_)];
  for (int i = 0; i < count; ++i) {
    const float sample = history_[size_t((from - back + i) & mask_)];
    steepness_[size_t(i)] = (sample - previous) * (sample - previous);
    previous = sample;
  }
  const float* s = steepness_.data() + back;            // from `from` on
  double after = 0, before = 0, best = 0;
  for (int i = 0; i < ahead; ++i) after += double(s[i]);
  for (int i = -back; i < 0; ++i) before += double(s[i]);
  int best_at = frames / 2;
  for (int i = 0; i < frames; ++i) {
    const double rise = after / ahead - before / back;
    if (rise > best) best = rise, best_at = i;
    after += double(s[i + ahead]) - double(s[i]);
    before += double(s[i]) - double(s[i - back]);
  }
  return from + best_at;
}

}  // namespace arietta
