// Loops over both sides of a block that several effects share.
#pragma once
#include "dsp/block.h"
#include "dsp/ramp.h"

namespace arietta {

inline void scale(Block io, const Ramp& gain) {                                                  // [audio]
  for (float* side : {io.left, io.right})
    for (int i = 0; i < io.frames; i += 4) (f32x4::load(side + i) * gain.four_at(i)).store(side + i);
}

// io becomes (1 - amount) of itself and `amount` of `wet`.                                        [audio]
inline void blend(Block io, Block wet, const Ramp& amount) {
  float* const to[2] = {io.left, io.right};
  const float* const from[2] = {wet.left, wet.right};
  for (int side = 0; side < 2; ++side)
    for (int i = 0; i < io.frames; i += 4) {
      const f32x4 share = amount.four_at(i);                   // at both ends exactly the one or the other
      (f32x4::load(to[side] + i) * (f32x4(1) - share) + f32x4::load(from[side] + i) * share).store(to[side] + i);
    }
}

// Room for a block of an effect's own.
struct BlockRoom {
  alignas(16) float left[kMaxBlock];
  alignas(16) float right[kMaxBlock];

  Block copy_of(Block io) {                                                                      // [audio]
    for (int i = 0; i < io.frames; i += 4) {
      f32x4::load(io.left + i).store(left + i);
      f32x4::load(io.right + i).store(right + i);
    }
    return {left, right, io.frames};
  }
};

}  // namespace arietta
