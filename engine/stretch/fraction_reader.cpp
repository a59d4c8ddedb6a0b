#include "stretch/fraction_reader.h"

#include <cmath>

namespace arietta {

namespace {

constexpr double kPiDouble = 3.14159265358979323846;

// Kaiser's window, |x| <= 1; the modified Bessel function by its series.
double kaiser(double x) {
  constexpr double kShape = 8;                         // side lobes below -80 dB
  const auto bessel = [](double v) {
    double sum = 1, term = 1;
    for (int k = 1; k < 30; ++k) {
      term *= (v / (2 * k)) * (v / (2 * k));
      sum += term;
    }
    return sum;
  };
  return x * x >= 1 ? 0 : bessel(kShape * std::sqrt(1 - x * x)) / bessel(kShape);
}

}  // namespace

bool FractionReader::prepare(Arena& arena) {
  weights_ = arena.array<float>(size_t((kFractions + 1) * kTaps));
  if (weights_.empty()) return false;
  for (int row = 0; row <= kFractions; ++row) {
    for (int tap = 0; tap < kTaps; ++tap) {
      const double x = double(tap - kBefore) - double(row) / kFractions;
      const double sinc = std::fabs(x) < 1e-9 ? 1 : std::sin(kPiDouble * x) / (kPiDouble * x);
      weights_[size_t(row * kTaps + tap)] = float(sinc * kaiser(x / (kTaps / 2)));
    }
  }
  return true;
}

float FractionReader::at(span<const float> ring, int64_t mask, double place) const {
  const double whole = std::floor(place);
  const int64_t first = int64_t(whole) - kBefore;
  const double fine = (place - whole) * kFractions;
  if (fine == 0) return ring[size_t(int64_t(whole) & mask)];
  const int row = int(fine);
  const f32x4 part(float(fine - row));
  const float* low = &weights_[size_t(row * kTaps)];
  const float* high = low + kTaps;

  alignas(16) float wrapped[kTaps];
  const float* samples = &ring[size_t(first & mask)];
  if ((first & mask) + kTaps > mask + 1) {
    for (int tap = 0; tap < kTaps; ++tap) wrapped[tap] = ring[size_t((first + tap) & mask)];
    samples = wrapped;
  }
  f32x4 total(0);
  for (int tap = 0; tap < kTaps; tap += 4)
    total += f32x4::load(samples + tap) * lerp(f32x4::load(low + tap), f32x4::load(high + tap), part);
  return sum(total);
}

}  // namespace arietta
