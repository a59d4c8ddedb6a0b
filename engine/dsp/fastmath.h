// Polynomial sine, power of two, tanh and tan, four at a time. The coefficients are minimax fits made for this
// file; the bounds stated here are asserted in tests/dsp/fastmath_test.cpp. Pure.                   [any]
#pragma once
#include "dsp/simd.h"

namespace arietta {

// sin(2 pi turns) for |turns| < 2^22; absolute error below 1e-6 for |turns| <= 16.
inline f32x4 sine_of_turns(f32x4 turns) {
  const f32x4 t = turns - floor(turns + f32x4(0.5f));                 // -0.5 to 0.5
  const f32x4 folded = min(max(t, f32x4(-0.5f) - t), f32x4(0.5f) - t);   // the same sine, -0.25 to 0.25
  const f32x4 s = folded * folded;
  return folded * (f32x4(6.28316405f) + s * (f32x4(-41.3371425f) + s * (f32x4(81.3407728f) + s * f32x4(-70.993467f))));
}
inline float sine_of_turns(float turns) { return lane_of(sine_of_turns(f32x4(turns)), 0); }

// 2^x for -126 <= x <= 126 (clamped outside); relative error below 3e-7.
inline f32x4 fast_exp2(f32x4 x) {
  const f32x4 v = clamp(x, f32x4(-126), f32x4(126));
  const f32x4 whole = floor(v + f32x4(0.5f));
  const f32x4 f = v - whole;                                          // -0.5 to 0.5
  const f32x4 power =
      f32x4(1.00000007f) + f * (f32x4(0.693146967f) + f * (f32x4(0.240221197f) +
      f * (f32x4(0.0555071329f) + f * (f32x4(0.00967554129f) + f * f32x4(0.00132764668f)))));
  return power * bits_as_float((truncate(whole) + i32x4(127)) << 23);
}
inline float fast_exp2(float x) { return lane_of(fast_exp2(f32x4(x)), 0); }

// log2(x) for normal x > 0, absolute error below 1e-5; what is not above 1e-30 counts as that.
inline f32x4 fast_log2(f32x4 x) {
  const i32x4 bits = float_as_bits(max(x, f32x4(1e-30f)));
  const i32x4 exponent = logical_right(bits, 23);
  const f32x4 m = bits_as_float(bits ^ (exponent << 23) ^ i32x4(127 << 23));     // 1 to 2
  const f32x4 t = (m - f32x4(1.41421356f)) / (m + f32x4(1.41421356f));
  const f32x4 s = t * t;                                                          // atanh's series
  return to_float(exponent) - f32x4(126.5f) +
         t * (f32x4(2.88539008f) + s * (f32x4(0.961796694f) + s * (f32x4(0.577078016f) + s * f32x4(0.412198583f))));
}

// Decibels of a level, and back.
inline f32x4 fast_db(f32x4 level) { return fast_log2(level) * f32x4(6.02059991f); }
inline f32x4 fast_gain(f32x4 db) { return fast_exp2(db * f32x4(0.16609640f)); }

// tanh(x), absolute error below 5e-7.
inline f32x4 fast_tanh(f32x4 x) {
  const f32x4 e = fast_exp2(clamp(x, f32x4(-10), f32x4(10)) * f32x4(2.88539008f));   // e^(2x)
  return f32x4(1) - f32x4(2) / (e + f32x4(1));
}

// tan(pi x) for 0 <= x <= 0.49: the warped frequency of a trapezoidal filter. Relative error below 4e-5
// (0.07 cents of cutoff), most of it at the very top.
inline f32x4 tan_of_half_turns(f32x4 x) {
  const f32x4 half = x * f32x4(0.5f);
  return sine_of_turns(half) / sine_of_turns(half + f32x4(0.25f));
}

}  // namespace arietta
