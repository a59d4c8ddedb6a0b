// Keeps recursive state away from denormal numbers, which some processors compute a hundred times slower
// and WebAssembly cannot switch off. Adding and removing 1e-15 (-300 dB) rounds anything smaller to zero.
// Called once a control block on the state that survives it.                                       [any]
#pragma once
#include "dsp/simd.h"

namespace arietta {

inline constexpr float kDenormalGuard = 1e-15f;

inline float flush_denormal(float v) { return (v + kDenormalGuard) - kDenormalGuard; }
inline f32x4 flush_denormal(f32x4 v) { return (v + f32x4(kDenormalGuard)) - f32x4(kDenormalGuard); }

}  // namespace arietta
