// f32x4 on WebAssembly SIMD, the build people hear. Include simd.h instead.
#pragma once
#include <wasm_simd128.h>

#include "base/types.h"

namespace arietta {

struct f32x4 {
  v128_t v;
  f32x4() = default;
  f32x4(v128_t native) : v(native) {}
  f32x4(float all) : v(wasm_f32x4_splat(all)) {}
  f32x4(float a, float b, float c, float d) : v(wasm_f32x4_make(a, b, c, d)) {}
  static f32x4 load(const float* from) { return wasm_v128_load(from); }
  void store(float* to) const { wasm_v128_store(to, v); }
};

struct i32x4 {
  v128_t v;
  i32x4() = default;
  i32x4(v128_t native) : v(native) {}
  i32x4(int32_t all) : v(wasm_i32x4_splat(all)) {}
  i32x4(int32_t a, int32_t b, int32_t c, int32_t d) : v(wasm_i32x4_make(a, b, c, d)) {}
  static i32x4 load(const int32_t* from) { return wasm_v128_load(from); }
  void store(int32_t* to) const { wasm_v128_store(to, v); }
};

struct mask4 { v128_t v; };

inline f32x4 operator+(f32x4 a, f32x4 b) { return wasm_f32x4_add(a.v, b.v); }
inline f32x4 operator-(f32x4 a, f32x4 b) { return wasm_f32x4_sub(a.v, b.v); }
inline f32x4 operator*(f32x4 a, f32x4 b) { return wasm_f32x4_mul(a.v, b.v); }
inline f32x4 operator/(f32x4 a, f32x4 b) { return wasm_f32x4_div(a.v, b.v); }
inline f32x4 operator-(f32x4 a) { return wasm_f32x4_neg(a.v); }
// pmin(x, y) is y < x ? y : x: swapping its arguments gives the rule of simd.h in one instruction.
inline f32x4 min(f32x4 a, f32x4 b) { return wasm_f32x4_pmin(b.v, a.v); }
inline f32x4 max(f32x4 a, f32x4 b) { return wasm_f32x4_pmax(b.v, a.v); }
inline f32x4 abs(f32x4 a) { return wasm_f32x4_abs(a.v); }
inline f32x4 sqrt(f32x4 a) { return wasm_f32x4_sqrt(a.v); }

inline mask4 operator<(f32x4 a, f32x4 b) { return {wasm_f32x4_lt(a.v, b.v)}; }
inline mask4 operator>(f32x4 a, f32x4 b) { return {wasm_f32x4_gt(a.v, b.v)}; }
inline mask4 operator<=(f32x4 a, f32x4 b) { return {wasm_f32x4_le(a.v, b.v)}; }
inline mask4 operator>=(f32x4 a, f32x4 b) { return {wasm_f32x4_ge(a.v, b.v)}; }
inline mask4 operator==(f32x4 a, f32x4 b) { return {wasm_f32x4_eq(a.v, b.v)}; }
inline mask4 operator&(mask4 a, mask4 b) { return {wasm_v128_and(a.v, b.v)}; }
inline mask4 operator|(mask4 a, mask4 b) { return {wasm_v128_or(a.v, b.v)}; }
inline f32x4 select(mask4 m, f32x4 a, f32x4 b) { return wasm_v128_bitselect(a.v, b.v, m.v); }
inline int bits(mask4 m) { return int(wasm_i32x4_bitmask(m.v)); }
inline bool any(mask4 m) { return wasm_v128_any_true(m.v); }
inline bool all(mask4 m) { return wasm_i32x4_all_true(m.v); }

inline i32x4 operator+(i32x4 a, i32x4 b) { return wasm_i32x4_add(a.v, b.v); }
inline i32x4 operator^(i32x4 a, i32x4 b) { return wasm_v128_xor(a.v, b.v); }
inline i32x4 operator<<(i32x4 a, int n) { return wasm_i32x4_shl(a.v, uint32_t(n)); }
inline i32x4 logical_right(i32x4 a, int n) { return wasm_u32x4_shr(a.v, uint32_t(n)); }
inline i32x4 truncate(f32x4 a) { return wasm_i32x4_trunc_sat_f32x4(a.v); }
inline f32x4 to_float(i32x4 a) { return wasm_f32x4_convert_i32x4(a.v); }
inline f32x4 floor(f32x4 a) { return wasm_f32x4_floor(a.v); }
inline f32x4 bits_as_float(i32x4 a) { return a.v; }
inline i32x4 float_as_bits(f32x4 a) { return a.v; }

inline float sum(f32x4 a) {
  const v128_t pairs = wasm_f32x4_add(a.v, wasm_i32x4_shuffle(a.v, a.v, 2, 3, 2, 3));
  return wasm_f32x4_extract_lane(pairs, 0) + wasm_f32x4_extract_lane(pairs, 1);
}

// Rows become columns.
inline void transpose(f32x4& a, f32x4& b, f32x4& c, f32x4& d) {
  const v128_t ab_low = wasm_i32x4_shuffle(a.v, b.v, 0, 4, 1, 5), ab_high = wasm_i32x4_shuffle(a.v, b.v, 2, 6, 3, 7);
  const v128_t cd_low = wasm_i32x4_shuffle(c.v, d.v, 0, 4, 1, 5), cd_high = wasm_i32x4_shuffle(c.v, d.v, 2, 6, 3, 7);
  a = wasm_i64x2_shuffle(ab_low, cd_low, 0, 2);
  b = wasm_i64x2_shuffle(ab_low, cd_low, 1, 3);
  c = wasm_i64x2_shuffle(ab_high, cd_high, 0, 2);
  d = wasm_i64x2_shuffle(ab_high, cd_high, 1, 3);
}

// Of eight floats in a row: those at even places into a, at odd places into b; and back.
inline void deinterleave(f32x4& a, f32x4& b) {
  const v128_t even = wasm_i32x4_shuffle(a.v, b.v, 0, 2, 4, 6);
  b.v = wasm_i32x4_shuffle(a.v, b.v, 1, 3, 5, 7);
  a.v = even;
}
inline void interleave(f32x4& a, f32x4& b) {
  const v128_t low = wasm_i32x4_shuffle(a.v, b.v, 0, 4, 1, 5);
  b.v = wasm_i32x4_shuffle(a.v, b.v, 2, 6, 3, 7);
  a.v = low;
}
inline f32x4 reversed(f32x4 a) { return wasm_i32x4_shuffle(a.v, a.v, 3, 2, 1, 0); }

}  // namespace arietta
