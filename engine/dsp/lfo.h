// A slow sine, read at control points: vibrato, and the gentle movement inside the reverb.
#pragma once
#include "dsp/fastmath.h"

namespace arietta {

class Lfo {
 public:
  explicit Lfo(float phase = 0) : phase_(phase) {}

  // -1 to 1, now.                                                                                 [audio]
  float value() const { return sine_of_turns(phase_); }
  void advance(float frequency_hz, float seconds) {                                             // [audio]
    phase_ += frequency_hz * seconds;
    phase_ -= float(int(phase_));
  }
  void reset(float phase = 0) { phase_ = phase; }

 private:
  float phase_;
};

}  // namespace arietta
