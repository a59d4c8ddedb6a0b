// f32x4 on 64-bit ARM. Multiply and add stay two instructions: a fused one would differ from the other
// back-ends in the last bit. Include simd.h instead.
#pragma once
#include <arm_neon.h>

#include "base/types.h"

namespace arietta {

struct f32x4 {
  float32x4_t v;
  f32x4() = default;
  f32x4(float32x4_t native) : v(native) {}
  f32x4(float all) : v(vdupq_n_f32(all)) {}
  f32x4(float a, float b, float c, float d) : v{a, b, c, d} {}
  static f32x4 load(const float* from) { return vld1q_f32(from); }
  void store(float* to) const { vst1q_f32(to, v); }
};

struct i32x4 {
  int32x4_t v;
  i32x4() = default;
  i32x4(int32x4_t native) : v(native) {}
  i32x4(int32_t all) : v(vdupq_n_s32(all)) {}
  i32x4(int32_t a, int32_t b, int32_t c, int32_t d) : v{a, b, c, d} {}
  static i32x4 load(const int32_t* from) { return vld1q_s32(from); }
  void store(int32_t* to) const { vst1q_s32(to, v); }
};

struct mask4 { uint32x4_t v; };

inline f32x4 operator+(f32x4 a, f32x4 b) { return vaddq_f32(a.v, b.v); }
inline f32x4 operator-(f32x4 a, f32x4 b) { return vsubq_f32(a.v, b.v); }
inline f32x4 operator*(f32x4 a, f32x4 b) { return vmulq_f32(a.v, b.v); }
inline f32x4 operator/(f32x4 a, f32x4 b) { return vdivq_f32(a.v, b.v); }
inline f32x4 operator-(f32x4 a) { return vnegq_f32(a.v); }

inline mask4 operator<(f32x4 a, f32x4 b) { return {vcltq_f32(a.v, b.v)}; }
inline mask4 operator>(f32x4 a, f32x4 b) { return {vcgtq_f32(a.v, b.v)}; }
inline mask4 operator<=(f32x4 a, f32x4 b) { return {vcleq_f32(a.v, b.v)}; }
inline mask4 operator>=(f32x4 a, f32x4 b) { return {vcgeq_f32(a.v, b.v)}; }
inline mask4 operator==(f32x4 a, f32x4 b) { return {vceqq_f32(a.v, b.v)}; }
inline mask4 operator&(mask4 a, mask4 b) { return {vandq_u32(a.v, b.v)}; }
inline mask4 operator|(mask4 a, mask4 b) { return {vorrq_u32(a.v, b.v)}; }
inline f32x4 select(mask4 m, f32x4 a, f32x4 b) { return vbslq_f32(m.v, a.v, b.v); }
inline int bits(mask4 m) { return int(vaddvq_u32(vandq_u32(m.v, uint32x4_t{1, 2, 4, 8}))); }
inline bool any(mask4 m) { return vmaxvq_u32(m.v) != 0; }
inline bool all(mask4 m) { return vminvq_u32(m.v) != 0; }

inline f32x4 min(f32x4 a, f32x4 b) { return select(a < b, a, b); }
inline f32x4 max(f32x4 a, f32x4 b) { return select(a > b, a, b); }
inline f32x4 abs(f32x4 a) { return vabsq_f32(a.v); }
inline f32x4 sqrt(f32x4 a) { return vsqrtq_f32(a.v); }

inline i32x4 operator+(i32x4 a, i32x4 b) { return vaddq_s32(a.v, b.v); }
inline i32x4 operator^(i32x4 a, i32x4 b) { return veorq_s32(a.v, b.v); }
inline i32x4 operator<<(i32x4 a, int n) { return vshlq_s32(a.v, vdupq_n_s32(n)); }
inline i32x4 logical_right(i32x4 a, int n) {
  return vreinterpretq_s32_u32(vshlq_u32(vreinterpretq_u32_s32(a.v), vdupq_n_s32(-n)));
}
inline i32x4 truncate(f32x4 a) { return vcvtq_s32_f32(a.v); }
inline f32x4 to_float(i32x4 a) { return vcvtq_f32_s32(a.v); }
inline f32x4 floor(f32x4 a) { return vrndmq_f32(a.v); }
inline f32x4 bits_as_float(i32x4 a) { return vreinterpretq_f32_s32(a.v); }
inline i32x4 float_as_bits(f32x4 a) { return vreinterpretq_s32_f32(a.v); }

inline float sum(f32x4 a) {
  const float32x2_t pairs = vadd_f32(vget_low_f32(a.v), vget_high_f32(a.v));
  return vget_lane_f32(pairs, 0) + vget_lane_f32(pairs, 1);
}

// Rows become columns.
inline void transpose(f32x4& a, f32x4& b, f32x4& c, f32x4& d) {
  const float32x4x2_t ab = vtrnq_f32(a.v, b.v), cd = vtrnq_f32(c.v, d.v);
  a = vcombine_f32(vget_low_f32(ab.val[0]), vget_low_f32(cd.val[0]));
  b = vcombine_f32(vget_low_f32(ab.val[1]), vget_low_f32(cd.val[1]));
  c = vcombine_f32(vget_high_f32(ab.val[0]), vget_high_f32(cd.val[0]));
  d = vcombine_f32(vget_high_f32(ab.val[1]), vget_high_f32(cd.val[1]));
}

// Of eight floats in a row: those at even places into a, at odd places into b; and back.
inline void deinterleave(f32x4& a, f32x4& b) {
  const float32x4x2_t both = vuzpq_f32(a.v, b.v);
  a = both.val[0];
  b = both.val[1];
}
inline void interleave(f32x4& a, f32x4& b) {
  const float32x4x2_t both = vzipq_f32(a.v, b.v);
  a = both.val[0];
  b = both.val[1];
}
inline f32x4 reversed(f32x4 a) {
  const float32x4_t swapped = vrev64q_f32(a.v);
  return vcombine_f32(vget_high_f32(swapped), vget_low_f32(swapped));
}

}  // namespace arietta
