// The filter's response against the analogue one it stands for, warped as the bilinear transform warps it.
#include <doctest/doctest.h>

#include "base/random.h"
#include "dsp/svf.h"
#include "tests/support/measure.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr double kRate = 48000;
enum class Output { kLow, kBand, kHigh };

double measured_db(double cutoff_hz, double damping, double hz, Output output) {
  Svf4 filter;
  const auto c = SvfCoefficients::make(f32x4(float(cutoff_hz / kRate)), f32x4(float(damping)));
  std::complex<double> sum = 0;
  const int settle = 24000, length = 48000;
  for (int i = 0; i < settle + length; ++i) {
    const SvfOutputs out = filter.tick(f32x4(float(std::sin(kTau * hz * i / kRate))), c);
    const f32x4 chosen = output == Output::kLow ? out.low : output == Output::kBand ? out.band : out.high;
    if (i >= settle) sum += double(lane_of(chosen, 2)) * std::polar(1.0, -kTau * hz * i / kRate);
  }
  return db(2 * std::abs(sum) / length);
}

double exact_db(double cutoff_hz, double damping, double hz, Output output) {
  const std::complex<double> s(0, std::tan(kTau / 2 * hz / kRate) / std::tan(kTau / 2 * cutoff_hz / kRate));
  const std::complex<double> below = s * s + damping * s + 1.0;
  return db(std::abs(output == Output::kLow ? 1.0 / below : output == Output::kBand ? s / below : s * s / below));
}

}  // namespace

TEST_CASE("low, band and high pass follow their curves within half a decibel") {
  for (const double cutoff : {60.0, 1000.0, 9000.0})
    for (const double damping : {1.414, 0.3})
      for (const double hz : {30.0, 80.0, 200.0, 500.0, 900.0, 1000.0, 2500.0, 6000.0, 9000.0, 15000.0})
        for (const Output output : {Output::kLow, Output::kBand, Output::kHigh}) {
          const double wanted = exact_db(cutoff, damping, hz, output);
          if (wanted < -90) continue;                     // under the noise of single precision
          CAPTURE(cutoff);
          CAPTURE(hz);
          CHECK(std::fabs(measured_db(cutoff, damping, hz, output) - wanted) < 0.5);
        }
}

TEST_CASE("the filter survives a cutoff that jumps over the whole range while it rings") {
  Svf4 filter;
  Random random(7);
  double most = 0;
  for (int block = 0; block < 4000; ++block) {
    const auto c = SvfCoefficients::make(f32x4(std::exp2(-11 + 10 * random.unit())), f32x4(0.05f));
    for (int i = 0; i < 32; ++i) most = std::max(most, std::fabs(double(sum(filter.tick(f32x4(random.bipolar()), c).low))) / 4);
    filter.settle();
  }
  CHECK(most < 200);
  CHECK(most > 0.1);
}

TEST_CASE("a silent filter comes to rest at exactly nothing") {
  Svf4 filter;
  const auto c = SvfCoefficients::make(f32x4(0.01f), f32x4(0.5f));
  filter.tick(f32x4(1), c);
  f32x4 last(1);
  for (int i = 0; i < 48000; ++i) {
    last = filter.tick(f32x4(0), c).low;
    if (i % 32 == 0) filter.settle();
  }
  CHECK(sum(last) == 0);
}
