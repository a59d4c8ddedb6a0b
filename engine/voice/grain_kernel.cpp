#include "voice/grain_kernel.h"

#include <cmath>

namespace arietta {
namespace {

constexpr double kPiExactly = 3.14159265358979323846;
constexpr double kCutoff = 0.45;        // of the sample rate: half amplitude
constexpr double kWindowBeta = 7.0;     // Kaiser

double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
  return sum;
}

GrainKernel build() {
  GrainKernel kernel;
  for (int band = 0; band < kKernelBands; ++band) {
    const double cutoff = kCutoff * std::exp2(-band / 3.0);
    for (int row = 0; row <= kKernelRows; ++row) {
      double total = 0, taps[kKernelTaps];
      for (int tap = 0; tap < kKernelTaps; ++tap) {
        const double t = tap - (kKernelTaps / 2 - 1) - double(row) / kKernelRows;
        const double x = 2 * cutoff * kPiExactly * t, edge = t / (kKernelTaps / 2);
        const double window = edge * edge < 1 ? bessel_i0(kWindowBeta * std::sqrt(1 - edge * edge)) : 0;
        taps[tap] = (std::fabs(x) < 1e-9 ? 1 : std::sin(x) / x) * window;
        total += taps[tap];
      }
      for (int tap = 0; tap < kKernelTaps; ++tap) kernel.rows[band][row][tap] = float(taps[tap] / total);
    }
  }
  return kernel;
}

}  // namespace

const GrainKernel& grain_kernel() {
  static const GrainKernel kernel = build();
  return kernel;
}

}  // namespace arietta
