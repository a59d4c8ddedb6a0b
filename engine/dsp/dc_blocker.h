// Takes a constant offset away: a high-pass of one pole at 6 Hz, below what speakers and ears notice. J. O. Smith,
// "Introduction to Digital Filters", 2007, "DC blocker".
#pragma once
#include "base/mathx.h"

namespace arietta {

class DcBlocker {
 public:
  void prepare(float sample_rate) { keep_ = 1 - 2 * kPi * kCutoffHz / sample_rate; }            // [setup]
  void reset() { last_in_ = last_out_ = 0; }                                                    // [audio]
  float tick(float in) {                                                                         // [audio]
    last_out_ = in - last_in_ + keep_ * last_out_;
    last_in_ = in;
    return last_out_;
  }

 private:
  static constexpr float kCutoffHz = 6;
  float keep_ = 0.999f;
  float last_in_ = 0, last_out_ = 0;
};

}  // namespace arietta
