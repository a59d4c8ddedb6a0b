#include "dsp/melody_finder.h"

#include <algorithm>
#include <cmath>

namespace arietta {

namespace {

constexpr float kLowestHz = 80;
constexpr float kHighestHarmonicHz = 8000;
constexpr float kFromHz = 250;       // below, basses and kick drums are louder than any voice
constexpr float kFallsFromHz = 4000;
constexpr float kWide_Hz = 2400;     // what counts as the slope of the spectrum
constexpr float kNextHarmonic = 0.88f;   // weight against the one below
constexpr float kKept = 0.7f;        // of the path's worth from frame to frame
constexpr float kOctaveJump = 3;     // what an octave costs within one path
constexpr float kAnyJump = 1;        // and another note, however far
constexpr float kSomething = 0.4f, kSure = 0.8f;   // salience of a voice among others, measured on mixes

}  // namespace

bool MelodyFinder::prepare(float sample_rate, int fft_size, Arena& arena) {
  bins_ = fft_size / 2 + 1;
  const float hz_per_bin = sample_rate / float(fft_size);
  wide_ = std::max(1, int(0.5f * kWide_Hz / hz_per_bin));
  weights_ = arena.array<float>(size_t(bins_));
  flat_ = arena.array<float>(size_t(bins_) + 1);
  if (weights_.empty() || flat_.empty()) return false;
  for (int bin = 0; bin < bins_; ++bin) {
    const float hz = float(bin) * hz_per_bin, up = hz / kFallsFromHz;
    weights_[size_t(bin)] = hz > kFromHz && hz < kHighestHarmonicHz ? 1 / (1 + up * up * up * up) : 0.0f;
  }
  for (int pitch = 0; pitch < kPitches; ++pitch)
    pitch_bin_[pitch] = kLowestHz / hz_per_bin * std::exp2(float(pitch) / kPerOctave);
  reset();
  return true;
}

void MelodyFinder::reset() {
  std::fill(path_, path_ + kPitches, 0.0f);
  std::fill(salience_, salience_ + kPitches, 0.0f);
  bin_ = pitch_bin_[0];
  confidence_ = 0;
}

// The 3/4th power lies between amplitude, where the loudest partial decides alone, and loudness.
void MelodyFinder::hear(const float* amplitudes) {
  float* flat = flat_.data();
  double all = 0;
  for (int bin = 0; bin < bins_; ++bin) {
    const float root = std::sqrt(amplitudes[bin]);
    flat[bin] = root * std::sqrt(root);
    all += double(flat[bin]);
  }
  const float floor = float(all / bins_) + 1e-9f;
  // The mean over `wide_` bins on either side moves along; what it passes is still needed, so its past is kept apart.
  constexpr int kMostWide = 512;
  float passed[kMostWide];
  const int wide = std::min(wide_, kMostWide - 1);
  double sum = 0;
  for (int bin = 0; bin < wide; ++bin) sum += double(flat[bin]);
  for (int bin = 0; bin < bins_; ++bin) {
    if (bin + wide < bins_) sum += double(flat[bin + wide]);
    if (bin > wide) sum -= double(passed[(bin - wide - 1) % kMostWide]);
    const int count = std::min(bin + wide, bins_ - 1) - std::max(bin - wide, 0) + 1;
    passed[bin % kMostWide] = flat[bin];
    flat[bin] *= weights_[size_t(bin)] / (float(sum / count) + floor);
  }
}

float MelodyFinder::sum_at(float bin) const {
  const int whole = int(bin);
  return flat_[size_t(whole)] + (flat_[size_t(whole + 1)] - flat_[size_t(whole)]) * (bin - float(whole));
}

void MelodyFinder::weigh(int part) {
  const float last = float(bins_ - 2);
  for (int pitch = part * kPitches / kParts; pitch < (part + 1) * kPitches / kParts; ++pitch) {
    const float step = pitch_bin_[pitch];
    float total = 0, weight = 1, all = 0;
    for (int k = 1; k <= kHarmonics; ++k, weight *= kNextHarmonic) {
      all += weight;
      const float at = step * float(k);
      if (at < last) total += weight * (sum_at(at) - sum_at(at - 0.5f * step));
    }
    salience_[pitch] = total / all;
  }
}

void MelodyFinder::follow() {
  constexpr float kStep = kOctaveJump / kPerOctave;
  const float best_before = *std::max_element(path_, path_ + kPitches);
  for (int i = 1; i < kPitches; ++i) path_[i] = std::max(path_[i], path_[i - 1] - kStep);
  for (int i = kPitches - 2; i >= 0; --i) path_[i] = std::max(path_[i], path_[i + 1] - kStep);
  for (int i = 0; i < kPitches; ++i) path_[i] = salience_[i] + kKept * std::max(path_[i], best_before - kAnyJump);
  const int best = int(std::max_element(path_, path_ + kPitches) - path_);

  float aside = 0;                   // of the top of a parabola through three neighbours
  if (best > 0 && best < kPitches - 1) {
    const float low = salience_[best - 1], high = salience_[best + 1], bend = low - 2 * salience_[best] + high;
    if (bend < -1e-9f) aside = std::clamp(0.5f * (low - high) / bend, -0.5f, 0.5f);
  }
  bin_ = pitch_bin_[best] * std::exp2(aside / kPerOctave);
  confidence_ = std::clamp((salience_[best] - kSomething) / (kSure - kSomething), 0.0f, 1.0f);
}

}  // namespace arietta
