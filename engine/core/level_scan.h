// One pass over a block that finds its peak and whether a sample is not a number. Floats without their sign order
// like integers, and infinity and not-a-number lie above them all, so one integer maximum answers both.   [audio]
#pragma once
#include <cstring>

#include "base/rt.h"
#include "base/types.h"

namespace arietta {

struct Level {
  uint32_t bits = 0;
  bool finite() const { return bits < 0x7f800000u; }
  float peak() const {
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
};

inline Level scan_level(const float* samples, int frames) ARIETTA_RT {
  uint32_t highest = 0;
  for (int i = 0; i < frames; ++i) {
    uint32_t bits;
    std::memcpy(&bits, samples + i, sizeof bits);
    bits &= 0x7fffffffu;
    highest = bits > highest ? bits : highest;
  }
  return {highest};
}

}  // namespace arietta
