// From four voices side by side to one line.   [audio]
#pragma once
#include "dsp/simd.h"

namespace arietta {

// Adds the lanes of each of `frames` vectors; `out` gets floats. Both may be read and written in fours past the end.
// `lanes` is used up.                                                                             [audio]
inline void sum_lanes(f32x4* lanes, float* out, int frames) {
  for (int i = 0; i < frames; i += 4) {
    transpose(lanes[i], lanes[i + 1], lanes[i + 2], lanes[i + 3]);
    ((lanes[i] + lanes[i + 2]) + (lanes[i + 1] + lanes[i + 3])).store(out + i);
  }
}

}  // namespace arietta
