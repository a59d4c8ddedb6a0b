#include "dsp/true_peak.h"

#include <cmath>
#include <cstring>

namespace arietta {
namespace {

constexpr double kPiExactly = 3.14159265358979323846;
constexpr double kKaiserShape = 2;         // flat to 0.47 of the sample rate; images 29 dB down are peaks too, nearly
constexpr float kSteepest = 2.5f;          // the curve over the highest of the eight samples around it: 8 dB, noise makes 6

double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
  return sum;
}

}  // namespace

void CurvePeaks::prepare() {
  for (int place = 0; place < kPlaces; ++place) {
    double sum = 0, tap[kTaps];
    for (int i = 0; i < kTaps; ++i) {
      const double away = double(i - kBefore) - double(place + 1) / (kPlaces + 1);
      const double edge = away / (kAfter + 0.5);
      tap[i] = std::sin(kPiExactly * away) / (kPiExactly * away) * bessel_i0(kKaiserShape * std::sqrt(1 - edge * edge));
      sum += tap[i];
    }
    for (int i = 0; i < kTaps; ++i) taps_[place][i] = float(tap[i] / sum);     // a constant stays what it is
  }
}

void CurvePeaks::find(const float* x, int frames, float interest, float* high) const {
  const f32x4 high_enough(interest / kSteepest);
  for (int i = 0; i < frames; i += 4) {
    const f32x4 samples = abs(f32x4::load(x + i));
    const f32x4 around = max(samples, max(abs(f32x4::load(x + i - 3)), abs(f32x4::load(x + i + 4))));
    if (all(around < high_enough)) {
      samples.store(high + i);
      continue;
    }
    f32x4 between[kPlaces] = {f32x4(0), f32x4(0), f32x4(0), f32x4(0)};
    for (int k = 0; k < kTaps; ++k) {
      const f32x4 in = f32x4::load(x + i + k - kBefore);
      for (int place = 0; place < kPlaces; ++place) between[place] += in * f32x4(taps_[place][k]);
    }
    const f32x4 first = max(abs(between[0]), abs(between[1])), second = max(abs(between[2]), abs(between[3]));
    max(samples, max(first, second)).store(high + i);
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
  curve_.find(recent_ + CurvePeaks::kBefore, frames, highest_, high);
  for (int i = 0; i < frames; ++i) highest_ = high[i] > highest_ ? high[i] : highest_;
  std::memmove(recent_, recent_ + frames, kKept * sizeof(float));
}

}  // namespace arietta
