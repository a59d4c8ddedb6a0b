// Constant-power pan with 0 dB in the centre: a sound keeps its loudness as it moves, and a track that is not
// panned passes unchanged.                                                                         [any]
#pragma once
#include <cmath>

#include "base/mathx.h"

namespace arietta {

struct PanGains { float left, right; };

// -1 is left, 1 is right.
inline PanGains pan_gains(float pan) {
  if (pan == 0) return {1, 1};                        // exactly, whatever the cosine says
  const float turn = (clampf(pan, -1, 1) + 1) * 0.25f * kPi;
  return {1.41421356f * std::cos(turn), 1.41421356f * std::sin(turn)};
}

}  // namespace arietta
