// Sound between the samples: a windowed sinc read at any fraction, for turning stretched sound into pitch. The sound
// must hold nothing that the new rate cannot carry; the vocoder leaves those bins out.
#pragma once
#include "base/arena.h"
#include "dsp/simd.h"

namespace arietta {

class FractionReader {
 public:
  static constexpr int kTaps = 32;                     // flat to 0.9 of half the rate, images below -80 dB
  static constexpr int kBefore = kTaps / 2 - 1, kAfter = kTaps / 2;   // frames it looks at around floor(place)

  bool prepare(Arena& arena);                                                                   // [setup]

  // The sound at `place` of a ring with `mask`; exactly the sample when place is whole.          [audio]
  float at(span<const float> ring, int64_t mask, double place) const;

 private:
  static constexpr int kFractions = 512;               // rows; between two rows the weights move in straight lines
  span<float> weights_;                                // kFractions + 1 rows of kTaps
};

}  // namespace arietta
