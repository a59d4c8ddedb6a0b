// The error bounds that fastmath.h states.
#include <doctest/doctest.h>

#include <cmath>

#include "dsp/fastmath.h"

using namespace arietta;

namespace {

constexpr double kTau = 6.283185307179586;

template <class Fast, class True>
double worst(double from, double to, bool relative, Fast fast, True exact) {
  double most = 0;
  for (int i = 0; i <= 40000; ++i) {
    const float x = float(from + (to - from) * i / 40000);
    const double wanted = exact(double(x)), off = std::fabs(double(lane_of(fast(f32x4(x)), i % 4)) - wanted);
    most = std::max(most, relative ? off / std::fabs(wanted) : off);
  }
  return most;
}

}  // namespace

TEST_CASE("sine_of_turns is within 1e-6") {
  const auto fast = [](f32x4 x) { return sine_of_turns(x); };
  const auto exact = [](double x) { return std::sin(kTau * x); };
  CHECK(worst(-1, 1, false, fast, exact) < 1e-6);
  CHECK(worst(-16, 16, false, fast, exact) < 1e-6);
}

TEST_CASE("fast_exp2 is within 3e-7 of the value, and limited beyond 126") {
  const auto fast = [](f32x4 x) { return fast_exp2(x); };
  CHECK(worst(-20, 20, true, fast, [](double x) { return std::exp2(x); }) < 3e-7);
  CHECK(worst(-126, 126, true, fast, [](double x) { return std::exp2(x); }) < 3e-7);
  CHECK(std::isfinite(fast_exp2(1e9f)));
  CHECK(fast_exp2(-1e9f) < 1e-30f);
}

TEST_CASE("fast_tanh is within 5e-7 and never beyond 1") {
  const auto fast = [](f32x4 x) { return fast_tanh(x); };
  CHECK(worst(-8, 8, false, fast, [](double x) { return std::tanh(x); }) < 5e-7);
  CHECK(lane_of(fast_tanh(f32x4(1e30f)), 0) <= 1);
}

TEST_CASE("tan_of_half_turns is within 4e-5 of the value") {
  const auto fast = [](f32x4 x) { return tan_of_half_turns(x); };
  CHECK(worst(1e-4, 0.49, true, fast, [](double x) { return std::tan(kTau / 2 * x); }) < 4e-5);
}

TEST_CASE("log2 is within its bound, from the softest sound to the loudest") {
  double worst = 0;
  for (double x = 2e-30; x < 1e6; x *= 1.0007) {
    const float v = float(x);
    worst = std::max(worst, std::fabs(double(lane_of(fast_log2(f32x4(v)), 0)) - std::log2(double(v))));
  }
  CHECK(worst < 1e-5);
  CHECK(lane_of(fast_log2(f32x4(0)), 0) == doctest::Approx(std::log2(1e-30)));
}
