// How high the curve goes between the samples. A loudspeaker plays the curve, so a signal whose samples stay below
// full scale can still be too high. Each gap between two samples is looked at in four places, five points to the
// sample in all; ITU-R BS.1770-4, Annex 2, asks for four. Levels are linear.
// Filter: sinc under a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window
// function", ISCAS 1974).
#pragma once
#include "dsp/simd.h"

namespace arietta {

class CurvePeaks {
 public:
  static constexpr int kBefore = 23, kAfter = 24;       // frames the filter reaches around the one it starts from

  void prepare();                                                                                // [setup]

  // high[i] becomes the largest magnitude from x[i] up to, but not including, x[i + 1]. Gaps where that cannot be as
  // high as `interest` are not looked into. Reads x from -kBefore to frames + kAfter, and both arrays over their end
  // as far as the next multiple of four.                                                        [audio]
  void find(const float* x, int frames, float interest, float* high) const;

 private:
  static constexpr int kTaps = kBefore + 1 + kAfter, kPlaces = 4;

  float taps_[kPlaces][kTaps] = {};
};

// The highest of a whole signal, block by block.
class TruePeakMeter {
 public:
  void prepare() { curve_.prepare(); }                                                           // [setup]
  void reset();                                                                                  // [audio]

  // Up to kMaxBlock frames. The curve is known, and counted, kAfter frames later.               [audio]
  void process(const float* in, int frames);

  float highest() const { return highest_; }            // since reset                           // [any]

 private:
  CurvePeaks curve_;
  float recent_[CurvePeaks::kBefore + CurvePeaks::kAfter + kMaxBlock + 4] = {};
  float highest_ = 0;
};

}  // namespace arietta
