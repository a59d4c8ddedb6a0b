#include "dsp/true_peak.h"

#include <cmath>
#include <cstring>

namespace arietta {
namespace {

constexpr double kPiExactly = 3.14159265358979323846;
constexpr double kKaiserShape = 5;         // images 53 dB down, flat to 0.43 of the sample rate

double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
  return sum;
}

}  // namespace

void CurvePeaks::prepare() {
  most_ = 1;
  for (int place = 0; place < kPlaces; ++place) {
    double sum = 0, tap[kTaps];
    for (int i = 0; i < kTaps; ++i) {
      const double away = double(i - kBefore) - double(place + 1) / (kPlaces + 1);
      const double edge = away / (kAfter + 0.5);
      tap[i] = std::sin(kPiExactly * away) / (kPiExactly * away) * bessel_i0(kKaiserShape * std::sqrt(1 - edge * edge));
      sum += tap[i];
    }
    float magnitudes = 0;
    for (int i = 0; i < kTaps; ++i) {
      taps_[place][i] = float(tap[i] / sum);             // a constant stays what it is
      magnitudes += std::fabs(taps_[place][i]);
    }
    if (magnitudes > most_) most_ = magnitudes;
  }
}

void CurvePeaks::find(const float* x, int frames, float* high) const {
  for (int i = 0; i < frames; i += 4) {
    f32x4 between[kPlaces] = {f32x4(0), f32x4(0), f32x4(0), f32x4(0)};
    for (int k = 0; k < kTaps; ++k) {
      const f32x4 in = f32x4::load(x + i + k - kBefore);
      for (int place = 0; place < kPlaces; ++place) between[place] += in * f32x4(taps_[place][k]);
    }
    const f32x4 first = max(abs(between[0]), abs(between[1])), second = max(abs(between[2]), abs(between[3]));
    max(abs(f32x4::load(x + i)), max(first, second)).store(high + i);
  }
}

void TruePeakMeter::reset() {
  for (float& frame : recent_) frame = 0;
  highest_ = 0;
}

void TruePeakMeter::process(const float* in, int frames) {
  constexpr int kKept = CurvePeaks::kBefore + CurvePeaks::kAfter;
  alignas(16) float high[kMaxBlock];
  std::memcpy(recent_ + kKept, in, size_t(frames) * sizeof(float));
  curve_.find(recent_ + CurvePeaks::kBefore, frames, high);
  for (int i = 0; i < frames; ++i) highest_ = high[i] > highest_ ? high[i] : highest_;
  std::memmove(recent_, recent_ + frames, kKept * sizeof(float));
}

}  // namespace arietta
