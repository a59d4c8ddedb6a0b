#include "dsp/half_band.h"

#include <cmath>

#include "dsp/simd.h"

namespace arietta {
namespace {

constexpr double kWindowBeta = 9.5;        // Kaiser: stop band at -95 dB
constexpr double kPi64 = 3.14159265358979323846;

struct Taps { float at[kHalfBandPairs]; };

// Modified Bessel function of the first kind, order zero, by its power series.
double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 50; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
  return sum;
}

// The taps 1, 3, 5 ... from the centre, so scaled that all of them and the centre's half add up to one.
Taps design() {
  double raw[kHalfBandPairs], sum = 0;
  for (int k = 0; k < kHalfBandPairs; ++k) {
    const double t = 2 * k + 1, edge = t / (2 * kHalfBandPairs);
    raw[k] = std::sin(kPi64 * t / 2) / (kPi64 * t) * bessel_i0(kWindowBeta * std::sqrt(1 - edge * edge));
    sum += 2 * raw[k];
  }
  Taps taps;
  for (int k = 0; k < kHalfBandPairs; ++k) taps.at[k] = float(raw[k] * 0.5 / sum);
  return taps;
}

const Taps& taps() {
  static const Taps made = design();
  return made;
}

}  // namespace

void prepare_half_band() { taps(); }

void HalfBandDown::run(const float* in, float* out, int frames) {
  const Taps& h = taps();
  for (int i = 0; i < frames; ++i) {
    first_[kPast + i] = in[2 * i];
    second_[kPast + i] = in[2 * i + 1];
  }
  // The centre stands on first_[middle]; tap k reaches k + 1 second samples back and k forward.
  constexpr int kMiddle = kPast - kHalfBandPairs + 1;
  for (int i = 0; i < frames; i += 4) {
    f32x4 sum = f32x4(0.5f) * f32x4::load(first_ + kMiddle + i);
    for (int k = 0; k < kHalfBandPairs; ++k)
      sum += f32x4(h.at[k]) * (f32x4::load(second_ + kMiddle + i - 1 - k) + f32x4::load(second_ + kMiddle + i + k));
    sum.store(out + i);
  }
  for (int i = 0; i < kPast; ++i) {
    first_[i] = first_[i + frames];
    second_[i] = second_[i + frames];
  }
}

}  // namespace arietta
