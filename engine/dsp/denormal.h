// Keeps recursive state away from denormal numbers, which some processors compute a hundred times slower and
// WebAssembly cannot switch off. What is below -300 dB becomes nothing. Called once a control block on the state
// that survives it.                                                                                [any]
#pragma once
#include "dsp/simd.h"

namespace arietta {

inline constexpr float kNothing = 1e-15f;

inline float flush_denormal(float v) { return v < kNothing && v > -kNothing ? 0 : v; }
inline f32x4 flush_denormal(f32x4 v) { return select(abs(v) < f32x4(kNothing), f32x4(0), v); }

}  // namespace arietta
