#include "core/master_meter.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kCorrelationSeconds = 0.3f;          // as needles have it: steady to read, quick enough to follow a chorus
constexpr float kLowestBandHz = 22.1f;               // half octaves around 26, 37, 53 Hz ... 14.8 kHz
constexpr float kFullScale = 0.5f;                   // per frame: two sides, half a sine in each half of the spectrum, half a window
constexpr float kSpectrumFloorDb = -120;

bool silent(const float* frames) {
  f32x4 high(0);
  for (int i = 0; i < kMaxBlock; i += 4) high = max(high, abs(f32x4::load(frames + i)));
  return all(high <= f32x4(0));
}

float product(const float* a, const float* b) {
  f32x4 total(0);
  for (int i = 0; i < kMaxBlock; i += 4) total += f32x4::load(a + i) * f32x4::load(b + i);
  return sum(total);
}

}  // namespace

bool MasterMeter::prepare(float sample_rate, Arena& arena) {
  sample_rate_ = sample_rate;
  forget_ = 1 - std::exp(-kMaxBlock / (kCorrelationSeconds * sample_rate));
  recent_ = arena.array<float>(kSpectrumFrames);
  window_ = arena.array<float>(kSpectrumFrames);
  frame_ = arena.array<float>(kSpectrumFrames);
  re_ = arena.array<float>(kSpectrumFrames / 2 + 1);
  im_ = arena.array<float>(kSpectrumFrames / 2 + 1);
  if (recent_.empty() || window_.empty() || frame_.empty() || re_.empty() || im_.empty()) return false;
  for (int i = 0; i < kSpectrumFrames; ++i) window_[size_t(i)] = 0.5f - 0.5f * std::cos(2 * kPi * float(i) / kSpectrumFrames);
  return loudness_.prepare(arena, sample_rate, 2) && fft_.prepare(kSpectrumFrames, arena);
}

void MasterMeter::process(const float* left, const float* right, bool playing) {
  if (playing && !was_playing_) loudness_.reset();
  was_playing_ = playing;
  // After four seconds without a sound every window is empty, and silence changes no gated mean.
  const int long_enough = int(4 * sample_rate_) / kMaxBlock;
  silent_blocks_ = silent(left) && silent(right) ? silent_blocks_ + 1 : 0;
  if (silent_blocks_ > long_enough) {
    silent_blocks_ = long_enough + 1;
    return;
  }
  const float* sides[] = {left, right};
  loudness_.process(sides, kMaxBlock);
  correlate(left, right);
  for (int i = 0; i < kMaxBlock; ++i) recent_[size_t(at_ + i)] = left[i] + right[i];
  at_ = (at_ + kMaxBlock) % kSpectrumFrames;
}

void MasterMeter::correlate(const float* left, const float* right) {
  both_ += (product(left, right) - both_) * forget_;
  left_ += (product(left, left) - left_) * forget_;
  right_ += (product(right, right) - right_) * forget_;
}

TelemetryMaster MasterMeter::read() {
  TelemetryMaster reading{};
  reading.momentary_lufs = float(loudness_.momentary_lufs());
  reading.short_term_lufs = float(loudness_.short_term_lufs());
  reading.integrated_lufs = float(loudness_.integrated_lufs());
  reading.range_lu = float(loudness_.range_lu());
  reading.true_peak_dbtp = float(loudness_.true_peak_dbtp());
  const float energy = left_ * right_;
  reading.correlation = energy > 1e-20f ? clampf(both_ / std::sqrt(energy), -1, 1) : 0;
  read_spectrum(reading.spectrum_db);
  return reading;
}

// The highest bin of each half octave; a full-scale sine on both sides reads 0 dB.
void MasterMeter::read_spectrum(float* bands_db) {
  for (int i = 0; i < kSpectrumFrames; ++i)
    frame_[size_t(i)] = recent_[size_t((at_ + i) % kSpectrumFrames)] * window_[size_t(i)];
  fft_.forward(frame_.data(), re_.data(), im_.data());
  const float bin_hz = sample_rate_ / kSpectrumFrames;
  int bin = 1;
  for (int band = 0; band < kSpectrumBands; ++band) {
    const float end_hz = kLowestBandHz * std::exp2(0.5f * float(band + 1));
    float power = 0;
    const int first = bin;
    for (; bin < kSpectrumFrames / 2 && (float(bin) * bin_hz < end_hz || bin == first); ++bin) {
      const float p = re_[size_t(bin)] * re_[size_t(bin)] + im_[size_t(bin)] * im_[size_t(bin)];
      power = p > power ? p : power;
    }
    const float level = std::sqrt(power) / (kFullScale * kSpectrumFrames);
    bands_db[band] = level > 1e-6f ? gain_to_db(level) : kSpectrumFloorDb;
  }
}

}  // namespace arietta
