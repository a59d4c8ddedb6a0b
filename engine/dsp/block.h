// A view of up to kMaxBlock stereo frames: the only buffer type a device sees.
// `left` and `right` each hold kMaxBlock floats, 16-byte aligned, so that loops may always work in fours
// and run over the end of a short block without harm.
#pragma once
#include "base/types.h"

namespace arietta {

struct Block {
  float* left;
  float* right;
  int frames;        // 1 to kMaxBlock
};

}  // namespace arietta
