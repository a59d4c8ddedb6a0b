// The bins of one transformed frame, real and imaginary parts apart.
#pragma once
#include "base/arena.h"

namespace arietta {

struct Spectrum {
  float* re = nullptr;
  float* im = nullptr;

  bool prepare(int bins, Arena& arena) {                                                        // [setup]
    const size_t padded = size_t(bins + 3) / 4 * 4;   // loops of four may write past the last bin
    re = arena.array<float>(padded).data();
    im = arena.array<float>(padded).data();
    return re && im;
  }
};

}  // namespace arietta
