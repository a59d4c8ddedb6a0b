// Sums of products, four at a time, for finding how alike two stretches of a sound are.            [any]
#pragma once
#include "dsp/simd.h"

namespace arietta {

// `frames` is a multiple of four.
inline float dot(const float* a, const float* b, int frames) {
  f32x4 even(0), odd(0);
  int i = 0;
  for (; i + 8 <= frames; i += 8) {
    even += f32x4::load(a + i) * f32x4::load(b + i);
    odd += f32x4::load(a + i + 4) * f32x4::load(b + i + 4);
  }
  if (i < frames) even += f32x4::load(a + i) * f32x4::load(b + i);
  return sum(even + odd);
}

struct Likeness { float product, energy; };

// The product of both and the energy of `b`, in one pass.
inline Likeness likeness(const float* a, const float* b, int frames) {
  f32x4 product(0), energy(0);
  for (int i = 0; i < frames; i += 4) {
    const f32x4 y = f32x4::load(b + i);
    product += f32x4::load(a + i) * y;
    energy += y * y;
  }
  return {sum(product), sum(energy)};
}

// Where between its neighbours the top of a parabola through three values lies: -0.5 to 0.5 when the middle is highest.
inline float top_between(float before, float middle, float after) {
  const float bend = before - 2 * middle + after;
  return bend < -1e-12f ? 0.5f * (before - after) / bend : 0;
}

}  // namespace arietta
