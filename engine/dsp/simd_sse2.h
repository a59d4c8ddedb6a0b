// f32x4 on SSE2, which every 64-bit PC has. Include simd.h instead.
#pragma once
#include <emmintrin.h>

#include "base/types.h"

namespace arietta {

struct f32x4 {
  __m128 v;
  f32x4() = default;
  f32x4(__m128 native) : v(native) {}
  f32x4(float all) : v(_mm_set1_ps(all)) {}
  f32x4(float a, float b, float c, float d) : v(_mm_setr_ps(a, b, c, d)) {}
  static f32x4 load(const float* from) { return _mm_loadu_ps(from); }
  void store(float* to) const { _mm_storeu_ps(to, v); }
};

struct i32x4 {
  __m128i v;
  i32x4() = default;
  i32x4(__m128i native) : v(native) {}
  i32x4(int32_t all) : v(_mm_set1_epi32(all)) {}
  i32x4(int32_t a, int32_t b, int32_t c, int32_t d) : v(_mm_setr_epi32(a, b, c, d)) {}
  static i32x4 load(const int32_t* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }
  void store(int32_t* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), v); }
};

struct mask4 { __m128 v; };

inline f32x4 operator+(f32x4 a, f32x4 b) { return _mm_add_ps(a.v, b.v); }
inline f32x4 operator-(f32x4 a, f32x4 b) { return _mm_sub_ps(a.v, b.v); }
inline f32x4 operator*(f32x4 a, f32x4 b) { return _mm_mul_ps(a.v, b.v); }
inline f32x4 operator/(f32x4 a, f32x4 b) { return _mm_div_ps(a.v, b.v); }
inline f32x4 operator-(f32x4 a) { return _mm_xor_ps(a.v, _mm_set1_ps(-0.0f)); }
inline f32x4 min(f32x4 a, f32x4 b) { return _mm_min_ps(a.v, b.v); }
inline f32x4 max(f32x4 a, f32x4 b) { return _mm_max_ps(a.v, b.v); }
inline f32x4 abs(f32x4 a) { return _mm_andnot_ps(_mm_set1_ps(-0.0f), a.v); }
inline f32x4 sqrt(f32x4 a) { return _mm_sqrt_ps(a.v); }

inline mask4 operator<(f32x4 a, f32x4 b) { return {_mm_cmplt_ps(a.v, b.v)}; }
inline mask4 operator>(f32x4 a, f32x4 b) { return {_mm_cmpgt_ps(a.v, b.v)}; }
inline mask4 operator<=(f32x4 a, f32x4 b) { return {_mm_cmple_ps(a.v, b.v)}; }
inline mask4 operator>=(f32x4 a, f32x4 b) { return {_mm_cmpge_ps(a.v, b.v)}; }
inline mask4 operator==(f32x4 a, f32x4 b) { return {_mm_cmpeq_ps(a.v, b.v)}; }
inline mask4 operator&(mask4 a, mask4 b) { return {_mm_and_ps(a.v, b.v)}; }
inline mask4 operator|(mask4 a, mask4 b) { return {_mm_or_ps(a.v, b.v)}; }
inline f32x4 select(mask4 m, f32x4 a, f32x4 b) { return _mm_or_ps(_mm_and_ps(m.v, a.v), _mm_andnot_ps(m.v, b.v)); }
inline int bits(mask4 m) { return _mm_movemask_ps(m.v); }
inline bool any(mask4 m) { return bits(m) != 0; }
inline bool all(mask4 m) { return bits(m) == 15; }

inline i32x4 operator+(i32x4 a, i32x4 b) { return _mm_add_epi32(a.v, b.v); }
inline i32x4 operator^(i32x4 a, i32x4 b) { return _mm_xor_si128(a.v, b.v); }
inline i32x4 operator<<(i32x4 a, int n) { return _mm_slli_epi32(a.v, n); }
inline i32x4 logical_right(i32x4 a, int n) { return _mm_srli_epi32(a.v, n); }
inline i32x4 truncate(f32x4 a) { return _mm_cvttps_epi32(a.v); }
inline f32x4 to_float(i32x4 a) { return _mm_cvtepi32_ps(a.v); }
inline f32x4 floor(f32x4 a) {                     // one instruction from SSE4.1 on; this one is for all
  const f32x4 whole = to_float(truncate(a));
  return _mm_sub_ps(whole.v, _mm_and_ps(_mm_cmpgt_ps(whole.v, a.v), _mm_set1_ps(1)));
}
inline f32x4 bits_as_float(i32x4 a) { return _mm_castsi128_ps(a.v); }
inline i32x4 float_as_bits(f32x4 a) { return _mm_castps_si128(a.v); }

inline float sum(f32x4 a) {
  const __m128 pairs = _mm_add_ps(a.v, _mm_movehl_ps(a.v, a.v));
  return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}

// Rows become columns.
inline void transpose(f32x4& a, f32x4& b, f32x4& c, f32x4& d) { _MM_TRANSPOSE4_PS(a.v, b.v, c.v, d.v); }

// Of eight floats in a row: those at even places into a, at odd places into b; and back.
inline void deinterleave(f32x4& a, f32x4& b) {
  const __m128 even = _mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(2, 0, 2, 0));
  b.v = _mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(3, 1, 3, 1));
  a.v = even;
}
inline void interleave(f32x4& a, f32x4& b) {
  const __m128 low = _mm_unpacklo_ps(a.v, b.v);
  b.v = _mm_unpackhi_ps(a.v, b.v);
  a.v = low;
}
inline f32x4 reversed(f32x4 a) { return _mm_shuffle_ps(a.v, a.v, _MM_SHUFFLE(0, 1, 2, 3)); }

}  // namespace arietta
