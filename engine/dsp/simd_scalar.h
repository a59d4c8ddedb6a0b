// f32x4 as four plain floats: the reference the other back-ends are compared with. Include simd.h instead.
#pragma once
#include <cmath>

#include "base/types.h"

namespace arietta {

struct f32x4 {
  float v[4];
  f32x4() = default;
  f32x4(float all) : v{all, all, all, all} {}
  f32x4(float a, float b, float c, float d) : v{a, b, c, d} {}
  static f32x4 load(const float* from) { return {from[0], from[1], from[2], from[3]}; }
  void store(float* to) const { for (int i = 0; i < 4; ++i) to[i] = v[i]; }
};

struct i32x4 {
  int32_t v[4];
  i32x4() = default;
  i32x4(int32_t all) : v{all, all, all, all} {}
  i32x4(int32_t a, int32_t b, int32_t c, int32_t d) : v{a, b, c, d} {}
  static i32x4 load(const int32_t* from) { return {from[0], from[1], from[2], from[3]}; }
  void store(int32_t* to) const { for (int i = 0; i < 4; ++i) to[i] = v[i]; }
};

struct mask4 { bool v[4]; };

#define ARIETTA_EACH(Type, expression) \
  { Type r; for (int i = 0; i < 4; ++i) r.v[i] = (expression); return r; }

inline f32x4 operator+(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] + b.v[i])
inline f32x4 operator-(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] - b.v[i])
inline f32x4 operator*(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] * b.v[i])
inline f32x4 operator/(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] / b.v[i])
inline f32x4 operator-(f32x4 a) ARIETTA_EACH(f32x4, -a.v[i])
inline f32x4 min(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] < b.v[i] ? a.v[i] : b.v[i])
inline f32x4 max(f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, a.v[i] > b.v[i] ? a.v[i] : b.v[i])
inline f32x4 abs(f32x4 a) ARIETTA_EACH(f32x4, std::fabs(a.v[i]))
inline f32x4 sqrt(f32x4 a) ARIETTA_EACH(f32x4, std::sqrt(a.v[i]))

inline mask4 operator<(f32x4 a, f32x4 b) ARIETTA_EACH(mask4, a.v[i] < b.v[i])
inline mask4 operator>(f32x4 a, f32x4 b) ARIETTA_EACH(mask4, a.v[i] > b.v[i])
inline mask4 operator<=(f32x4 a, f32x4 b) ARIETTA_EACH(mask4, a.v[i] <= b.v[i])
inline mask4 operator>=(f32x4 a, f32x4 b) ARIETTA_EACH(mask4, a.v[i] >= b.v[i])
inline mask4 operator==(f32x4 a, f32x4 b) ARIETTA_EACH(mask4, a.v[i] == b.v[i])
inline mask4 operator&(mask4 a, mask4 b) ARIETTA_EACH(mask4, a.v[i] && b.v[i])
inline mask4 operator|(mask4 a, mask4 b) ARIETTA_EACH(mask4, a.v[i] || b.v[i])
inline f32x4 select(mask4 m, f32x4 a, f32x4 b) ARIETTA_EACH(f32x4, m.v[i] ? a.v[i] : b.v[i])
inline int bits(mask4 m) { return int(m.v[0]) | int(m.v[1]) << 1 | int(m.v[2]) << 2 | int(m.v[3]) << 3; }
inline bool any(mask4 m) { return bits(m) != 0; }
inline bool all(mask4 m) { return bits(m) == 15; }

inline i32x4 operator+(i32x4 a, i32x4 b) ARIETTA_EACH(i32x4, int32_t(uint32_t(a.v[i]) + uint32_t(b.v[i])))
inline i32x4 operator^(i32x4 a, i32x4 b) ARIETTA_EACH(i32x4, a.v[i] ^ b.v[i])
inline i32x4 operator<<(i32x4 a, int n) ARIETTA_EACH(i32x4, int32_t(uint32_t(a.v[i]) << n))
inline i32x4 logical_right(i32x4 a, int n) ARIETTA_EACH(i32x4, int32_t(uint32_t(a.v[i]) >> n))
inline i32x4 truncate(f32x4 a) ARIETTA_EACH(i32x4, int32_t(a.v[i]))
inline f32x4 to_float(i32x4 a) ARIETTA_EACH(f32x4, float(a.v[i]))
inline f32x4 floor(f32x4 a) ARIETTA_EACH(f32x4, std::floor(a.v[i]))
inline f32x4 bits_as_float(i32x4 a) ARIETTA_EACH(f32x4, __builtin_bit_cast(float, a.v[i]))
inline i32x4 float_as_bits(f32x4 a) ARIETTA_EACH(i32x4, __builtin_bit_cast(int32_t, a.v[i]))
#undef ARIETTA_EACH

inline float sum(f32x4 a) { return (a.v[0] + a.v[2]) + (a.v[1] + a.v[3]); }

// Rows become columns.
inline void transpose(f32x4& a, f32x4& b, f32x4& c, f32x4& d) {
  const f32x4 rows[4] = {a, b, c, d};
  f32x4* columns[4] = {&a, &b, &c, &d};
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) columns[i]->v[j] = rows[j].v[i];
}

// Of eight floats in a row: those at even places into a, at odd places into b; and back.
inline void deinterleave(f32x4& a, f32x4& b) {
  const f32x4 even(a.v[0], a.v[2], b.v[0], b.v[2]), odd(a.v[1], a.v[3], b.v[1], b.v[3]);
  a = even;
  b = odd;
}
inline void interleave(f32x4& a, f32x4& b) {
  const f32x4 low(a.v[0], b.v[0], a.v[1], b.v[1]), high(a.v[2], b.v[2], a.v[3], b.v[3]);
  a = low;
  b = high;
}
inline f32x4 reversed(f32x4 a) { return {a.v[3], a.v[2], a.v[1], a.v[0]}; }

}  // namespace arietta
