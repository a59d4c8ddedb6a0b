// State-variable filter, trapezoidal integration, four voices wide. Stays stable and in tune while its cutoff
// sweeps. A. Simper, "Linear trapezoidal integrated state variable filter", Cytomic technical papers, 2013.
#pragma once
#include "dsp/denormal.h"
#include "dsp/fastmath.h"
#include "dsp/simd.h"

namespace arietta {

// What the filter multiplies by. Computed at control points; in between, each moves in a straight line.
struct SvfCoefficients {
  f32x4 keep, push, pull;   // Simper's 2 a1 - 1, 2 a2 and 2 a3
  f32x4 damping;            // 1/Q: 1.414 is flat, near 0 rings

  // `cycles_per_frame` is cutoff / sample rate, limited to 0.0001 .. 0.49.                        [audio]
  static SvfCoefficients make(f32x4 cycles_per_frame, f32x4 damping) {
    const f32x4 g = tan_of_half_turns(clamp(cycles_per_frame, f32x4(0.0001f), f32x4(0.49f)));
    const f32x4 a1 = f32x4(1) / (f32x4(1) + g * (g + damping));
    const f32x4 push = f32x4(2) * g * a1;
    return {a1 + a1 - f32x4(1), push, g * push, damping};
  }
};

struct SvfOutputs { f32x4 low, band, high; };

class Svf4 {
 public:
  void clear() { first_ = second_ = f32x4(0); }
  void clear(mask4 lanes) {
    first_ = select(lanes, f32x4(0), first_);
    second_ = select(lanes, f32x4(0), second_);
  }

  // One frame. The states are updated without going through the outputs: that halves the chain of operations
  // from one frame to the next, which is what a filter's speed hangs on.                          [audio]
  SvfOutputs tick(f32x4 in, const SvfCoefficients& c) {
    const f32x4 difference = in - second_;
    const f32x4 first = c.keep * first_ + c.push * difference;
    const f32x4 second = (second_ + c.push * first_) + c.pull * difference;
    const f32x4 band = f32x4(0.5f) * (first_ + first), low = f32x4(0.5f) * (second_ + second);
    first_ = first;
    second_ = second;
    return {low, band, in - c.damping * band - low};
  }

  // Once a control block, so that a fading ring does not end in denormals.                          [audio]
  void settle() {
    first_ = flush_denormal(first_);
    second_ = flush_denormal(second_);
  }

 private:
  f32x4 first_ = 0, second_ = 0;
};

}  // namespace arietta
