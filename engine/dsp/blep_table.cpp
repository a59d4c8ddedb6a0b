#include "dsp/blep_table.h"

#include <cmath>

namespace arietta {
namespace {

constexpr double kCutoff = 0.40;      // of the sample rate: -6 dB at 19.2 kHz, so aliases stay above hearing
constexpr double kWindowBeta = 7.0;   // Kaiser: stop band near -70 dB, on top of an edge's own 1/n

// Modified Bessel function of the first kind, order zero, by its power series.
double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

double impulse(double t) {
  const double edge = t / kBlepDelay;
  if (edge <= -1 || edge >= 1) return 0;
  const double x = 2 * kCutoff * t * 3.14159265358979323846;
  const double sinc = x == 0 ? 1 : std::sin(x) / x;
  return 2 * kCutoff * sinc * bessel_i0(kWindowBeta * std::sqrt(1 - edge * edge)) / bessel_i0(kWindowBeta);
}

BlepTable build() {
  // Integrates the impulse twice on a grid finer than the table, by the trapezoid rule.
  constexpr int kFine = 8, kSteps = kBlepTaps * kBlepPhases;
  constexpr double kDt = 1.0 / (kBlepPhases * kFine);
  double step[kSteps + 1], kink[kSteps + 1];
  double area = 0, area_of_area = 0, before = impulse(-kBlepDelay);
  for (int i = 0, fine = 0; i <= kSteps; ++i) {
    step[i] = area;
    kink[i] = area_of_area;
    for (int k = 0; k < kFine; ++k, ++fine) {
      const double value = impulse(-kBlepDelay + (fine + 1) * kDt);
      const double next = area + (before + value) * 0.5 * kDt;
      area_of_area += (area + next) * 0.5 * kDt;
      area = next;
      before = value;
    }
  }
  BlepTable table;
  for (int phase = 0; phase <= kBlepPhases; ++phase) {
    for (int tap = 0; tap < kBlepTaps; ++tap) {
      const int at = tap * kBlepPhases + phase;
      const double after = tap - kBlepDelay + double(phase) / kBlepPhases;   // frames since the edge
      const bool past = tap >= kBlepDelay;
      table.step[phase][tap] = float(step[at] / step[kSteps] - (past ? 1 : 0));
      table.kink[phase][tap] = float(kink[at] / step[kSteps] - (past ? after : 0));
    }
  }
  return table;
}

}  // namespace

const BlepTable& blep_table() {
  static const BlepTable table = build();
  return table;
}

}  // namespace arietta
