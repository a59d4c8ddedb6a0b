// From twice the sample rate down to it: what makes more partials than the rate can carry runs twice as fast, and this
// takes away what would fold back. A half-band FIR, linear phase, 87 taps of which every other one is zero; flat to
// 20 kHz at 48 kHz, 95 dB down from 28 kHz on, kHalfBandDelay frames late. P. P. Vaidyanathan, "Multirate
// Systems and Filter Banks", 1993, section 4.6; window after J. F. Kaiser, 1974.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kHalfBandPairs = 22;                         // taps to each side of the centre that are not zero
inline constexpr float kHalfBandDelay = kHalfBandPairs - 0.5f;    // in frames of the lower rate

// The filter's table; the first call computes it.                                                 [setup]
void prepare_half_band();

class HalfBandDown {
 public:
  void reset() { *this = {}; }                                                                   // [audio]

  // `in` holds twice `frames` (at most kMaxBlock); `out` gets `frames`. Reading and writing in fours past the end is
  // fine on both.                                                                                 [audio]
  void run(const float* in, float* out, int frames);

 private:
  static constexpr int kPast = 2 * kHalfBandPairs;
  // What came before, first and second sample of each pair apart: the centre tap meets only the first ones.
  alignas(16) float first_[kPast + kMaxBlock + 4] = {}, second_[kPast + kMaxBlock + 4] = {};
};

}  // namespace arietta
