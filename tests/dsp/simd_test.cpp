// The promises of simd.h, on whatever back-end this build uses.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "dsp/simd.h"

using namespace arietta;

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kInfinity = std::numeric_limits<float>::infinity();

void same(f32x4 v, float a, float b, float c, float d) {
  CHECK(lane_of(v, 0) == a);
  CHECK(lane_of(v, 1) == b);
  CHECK(lane_of(v, 2) == c);
  CHECK(lane_of(v, 3) == d);
}

}  // namespace

TEST_CASE("four floats calculate like one") {
  const f32x4 a(1, -2, 3.5f, 0), b(4, 2, -0.5f, 8);
  same(a + b, 5, 0, 3, 8);
  same(a - b, -3, -4, 4, -8);
  same(a * b, 4, -4, -1.75f, 0);
  same(b / f32x4(2), 2, 1, -0.25f, 4);
  same(-a, -1, 2, -3.5f, 0);
  same(abs(a), 1, 2, 3.5f, 0);
  same(sqrt(f32x4(4, 9, 16, 2)), 2, 3, 4, std::sqrt(2.0f));
  same(clamp(a, f32x4(-1), f32x4(2)), 1, -1, 2, 0);
  same(lerp(a, b, f32x4(0.5f)), 2.5f, 0, 1.5f, 4);
  CHECK(sum(f32x4(1, 20, 300, 4000)) == 4321);
}

TEST_CASE("minimum and maximum drop a NaN on their left") {
  same(min(f32x4(1, 5, kNan, -3), f32x4(2, 4, 7, -3)), 1, 4, 7, -3);
  same(max(f32x4(1, 5, kNan, -3), f32x4(2, 4, 7, -3)), 2, 5, 7, -3);
}

TEST_CASE("floor and fraction") {
  same(floor(f32x4(1.75f, -0.25f, -3, 1e6f)), 1, -1, -3, 1e6f);
  same(fraction(f32x4(1.75f, -0.25f, 5, 0.5f)), 0.75f, 0.75f, 0, 0.5f);
}

TEST_CASE("comparisons choose lanes") {
  const f32x4 a(1, 2, 3, 4), b(4, 3, 2, 1);
  CHECK(bits(a < b) == 3);
  CHECK(bits(a > b) == 12);
  CHECK(bits(a <= f32x4(2)) == 3);
  CHECK(bits(a >= f32x4(2)) == 14);
  CHECK(bits((a < b) | (a == f32x4(4))) == 11);
  CHECK(bits((a < b) & (a == f32x4(2))) == 2);
  CHECK(any(a == f32x4(3)));
  CHECK_FALSE(any(a == f32x4(5)));
  CHECK(all(a > f32x4(0)));
  CHECK_FALSE(all(a > f32x4(1)));
  same(select(a < b, a, b), 1, 2, 2, 1);
  same(with_lane(a, 2, 9), 1, 2, 9, 4);
  CHECK(bits(is_finite(f32x4(1, kNan, -kInfinity, 0))) == 9);
}

TEST_CASE("whole numbers shift, add and wrap") {
  i32x4 v(1, -1, 0x7fffffff, 12);
  alignas(16) int32_t out[4];
  (v + i32x4(1)).store(out);
  CHECK(out[2] == std::numeric_limits<int32_t>::min());
  logical_right(v, 28).store(out);
  CHECK(out[1] == 15);
  ((v << 4) ^ i32x4(1)).store(out);
  CHECK(out[3] == 193);
  same(to_float(truncate(f32x4(2.9f, -2.9f, 0, 7))), 2, -2, 0, 7);
  same(bits_as_float(i32x4(0x3f800000)), 1, 1, 1, 1);
}

TEST_CASE("rows become columns") {
  f32x4 a(0, 1, 2, 3), b(4, 5, 6, 7), c(8, 9, 10, 11), d(12, 13, 14, 15);
  transpose(a, b, c, d);
  same(a, 0, 4, 8, 12);
  same(b, 1, 5, 9, 13);
  same(c, 2, 6, 10, 14);
  same(d, 3, 7, 11, 15);
}

TEST_CASE("even and odd places part and come together again") {
  f32x4 a(0, 1, 2, 3), b(4, 5, 6, 7);
  deinterleave(a, b);
  same(a, 0, 2, 4, 6);
  same(b, 1, 3, 5, 7);
  interleave(a, b);
  same(a, 0, 1, 2, 3);
  same(b, 4, 5, 6, 7);
  same(reversed(a), 3, 2, 1, 0);
}
