// Keeps what is not sound out of effects that remember: one infinite sample in a feedback loop would never leave it.
#pragma once
#include "dsp/block.h"
#include "dsp/simd.h"

namespace arietta {

inline constexpr float kLoudestInput = 100;      // +40 dBFS: beyond it is a fault, not music

inline f32x4 clean(f32x4 in) {
  return clamp(select(is_finite(in), in, f32x4(0)), f32x4(-kLoudestInput), f32x4(kLoudestInput));
}

// The loudest of a block's frames; those past its end do not count.                                  [audio]
inline float loudest(Block io) {
  f32x4 most(0);
  for (const float* side : {io.left, io.right}) {
    int i = 0;
    for (; i + 4 <= io.frames; i += 4) most = max(abs(f32x4::load(side + i)), most);
    if (i < io.frames) most = max(select(lane_numbers() < f32x4(float(io.frames - i)), abs(f32x4::load(side + i)), f32x4(0)), most);
  }
  alignas(16) float lanes[4];
  most.store(lanes);
  const float a = lanes[0] > lanes[1] ? lanes[0] : lanes[1], b = lanes[2] > lanes[3] ? lanes[2] : lanes[3];
  return a > b ? a : b;
}

// Takes out of a block what is not finite, limits the rest, and says how loud it is at most. Past the end of a short
// block it leaves silence.                                                                           [audio]
inline float clean_input(Block io) {
  for (float* side : {io.left, io.right}) {
    for (int i = 0; i < io.frames; i += 4) {
      const mask4 inside = lane_numbers() < f32x4(float(io.frames - i));
      select(inside, clean(f32x4::load(side + i)), f32x4(0)).store(side + i);
    }
  }
  return loudest(io);
}

}  // namespace arietta
