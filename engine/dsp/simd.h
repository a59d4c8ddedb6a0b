// Four floats that read like one. Oscillators, filters and envelopes are written once with f32x4 and run as
// WebAssembly SIMD, SSE2, NEON or plain floats; ARIETTA_SCALAR forces the last, for the twin tests.
//
// All back-ends use the same IEEE operations and no fused multiply-add, so the same program gives the same
// bits on each. Rules the back-ends keep:
//   min(a, b) is a < b ? a : b and max(a, b) is a > b ? a : b, so a NaN in `a` gives `b`;
//   truncate() and floor() are for |x| < 2^31;  sum() adds (0 + 2) + (1 + 3).
// Pure and allocation-free throughout.                                                             [any]
#pragma once

#if defined(ARIETTA_SCALAR)
#include "dsp/simd_scalar.h"
#elif defined(__wasm_simd128__)
#include "dsp/simd_wasm.h"
#elif defined(__SSE2__)
#include "dsp/simd_sse2.h"
#elif defined(__aarch64__)
#include "dsp/simd_neon.h"
#else
#include "dsp/simd_scalar.h"
#endif

namespace arietta {

inline f32x4& operator+=(f32x4& a, f32x4 b) { return a = a + b; }
inline f32x4& operator-=(f32x4& a, f32x4 b) { return a = a - b; }
inline f32x4& operator*=(f32x4& a, f32x4 b) { return a = a * b; }
inline i32x4& operator^=(i32x4& a, i32x4 b) { return a = a ^ b; }

inline f32x4 clamp(f32x4 v, f32x4 low, f32x4 high) { return min(max(v, low), high); }
inline f32x4 lerp(f32x4 a, f32x4 b, f32x4 t) { return a + (b - a) * t; }

inline f32x4 fraction(f32x4 v) { return v - floor(v); }

// 0, 1, 2, 3: the place of each lane.
inline f32x4 lane_numbers() { return {0, 1, 2, 3}; }
// True in one lane only.
inline mask4 only_lane(int lane) { return lane_numbers() == f32x4(float(lane)); }

inline f32x4 with_lane(f32x4 v, int lane, float value) { return select(only_lane(lane), f32x4(value), v); }
inline float lane_of(f32x4 v, int lane) {
  alignas(16) float values[4];
  v.store(values);
  return values[lane];
}

// True where the value is neither infinite nor NaN: x - x is 0 just for those.
inline mask4 is_finite(f32x4 v) { return v - v == f32x4(0); }

}  // namespace arietta
