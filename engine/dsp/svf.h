// State-variable filter, trapezoidal integration, four voices wide. Stays stable and in tune while its cutoff
// sweeps. A. Simper, "Linear trapezoidal integrated state variable filter", Cytomic technical papers, 2013.
#pragma once
#include "dsp/denormal.h"
#include "dsp/fastmath.h"
#include "dsp/simd.h"

namespace arietta {

// What the filter multiplies by. Computed at control points; in between the three gains move in straight lines.
struct SvfCoefficients {
  f32x4 a1, a2, a3;
  f32x4 damping;          // 1/Q: 2 is no resonance, near 0 rings

  // `cycles_per_frame` is cutoff / sample rate, limited to 0.0001 .. 0.49.                        [audio]
  static SvfCoefficients make(f32x4 cycles_per_frame, f32x4 damping) {
    const f32x4 g = tan_of_half_turns(clamp(cycles_per_frame, f32x4(0.0001f), f32x4(0.49f)));
    const f32x4 a1 = f32x4(1) / (f32x4(1) + g * (g + damping));
    const f32x4 a2 = g * a1;
    return {a1, a2, g * a2, damping};
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

  // One frame.                                                                                    [audio]
  SvfOutputs tick(f32x4 in, const SvfCoefficients& c) {
    const f32x4 v3 = in - second_;
    const f32x4 band = c.a1 * first_ + c.a2 * v3;
    const f32x4 low = second_ + c.a2 * first_ + c.a3 * v3;
    first_ = band + band - first_;
    second_ = low + low - second_;
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
