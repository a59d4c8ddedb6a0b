// A small seeded generator (Marsaglia's xorshift, J. Stat. Softw. 8(14), 2003). The same seed gives the
// same numbers on every platform; devices seed it from note ids so that a render never varies.   [any]
#pragma once
#include "base/types.h"

namespace arietta {

class Random {
 public:
  explicit constexpr Random(uint32_t seed = 1) : state_(seed ? seed : 0x9e3779b9u) {}

  constexpr uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }
  constexpr float unit() { return float(next() >> 8) * 0x1p-24f; }               // [0, 1)
  constexpr float bipolar() { return float(int32_t(next())) * 0x1p-31f; }        // [-1, 1)

 private:
  uint32_t state_;
};

}  // namespace arietta
