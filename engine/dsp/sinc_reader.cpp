#include "dsp/sinc_reader.h"

#include <cmath>

#include "dsp/simd.h"

namespace arietta {
namespace {

constexpr double kKaiserBeta = 9.5;       // about -100 dB of images
constexpr double kPiExact = 3.14159265358979323846;

double bessel_i0(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 40; ++k) {
    term *= x / (2 * k) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

void fill_table(SincTable& table) {
  for (int phase = 0; phase <= kSincPhases; ++phase) {
    double taps[kSincTaps], sum = 0;
    for (int i = 0; i < kSincTaps; ++i) {
      const double x = double(i - kSincBefore) - double(phase) / kSincPhases;
      const double edge = x / (kSincTaps / 2);
      const double window = edge * edge < 1 ? bessel_i0(kKaiserBeta * std::sqrt(1 - edge * edge)) : 0;
      taps[i] = window * (std::abs(x) < 1e-9 ? 1 : std::sin(kPiExact * x) / (kPiExact * x));
      sum += taps[i];
    }
    for (int i = 0; i < kSincTaps; ++i) table.taps[phase][i] = float(taps[i] / sum);
  }
}

}  // namespace

const SincTable& sinc_table() {
  static SincTable table;        // no constructor, so that the first call needs no lock
  static bool is_made = false;
  if (!is_made) fill_table(table);
  is_made = true;
  return table;
}

void read_sinc(const SincTable& table, const float* frames, double position, double speed, int count, float* out) {
  for (int i = 0; i < count; ++i) {
    const double at = position + speed * i;
    const double whole = std::floor(at);
    const double phase = (at - whole) * kSincPhases;
    const int step = int(phase);
    const f32x4 blend(float(phase - step));
    const float* from = frames + int64_t(whole) - kSincBefore;
    f32x4 sum(0);
    for (int k = 0; k < kSincTaps; k += 4)
      sum += f32x4::load(from + k) * lerp(f32x4::load(table.taps[step] + k), f32x4::load(table.taps[step + 1] + k), blend);
    out[i] = arietta::sum(sum);
  }
}

}  // namespace arietta
