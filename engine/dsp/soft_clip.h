// An amplifier that bends over: a cubic up to full scale, flat beyond. Averaged along the way from one frame to the next
// instead of taken at the frames, which pushes aliases down by 20 dB and more. J. Parker, V. Zavalishin and E. Le Bivic,
// "Reducing the aliasing of nonlinear waveshaping using continuous-time convolution", DAFx 2016.
#pragma once
#include <cmath>

#include "base/mathx.h"

namespace arietta {

class SoftClip {
 public:
  void reset() { last_ = 0; }                                                                    // [audio]
  // Half a frame late. 1 in gives 2/3 out, and more does not give more.                          [audio]
  float tick(float in) {
    const float a = in, b = last_;
    last_ = in;
    if (std::fabs(a) <= 1 && std::fabs(b) <= 1) return (a + b) * (0.5f - (a * a + b * b) * (1.0f / 12));
    if (std::fabs(a - b) < 1e-3f) return shape(0.5f * (a + b));
    return (area(a) - area(b)) / (a - b);
  }

 private:
  static float shape(float x) {
    const float v = clampf(x, -1, 1);
    return v - v * v * v * (1.0f / 3);
  }
  static float area(float x) {                         // under `shape`, from 0
    const float v = std::fabs(x), in = v < 1 ? v : 1;
    return in * in * (0.5f - in * in * (1.0f / 12)) + (v - in) * (2.0f / 3);
  }

  float last_ = 0;
};

}  // namespace arietta
