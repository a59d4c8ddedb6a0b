// The metronome's part: which beats of the meter map fall into a block. Bars start anew at each meter change.
#pragma once
#include "base/rt.h"
#include "plan/plan_format.h"

namespace arietta {

class BeatClicker {
 public:
  void set_map(span<const PlanMeter> meters) ARIETTA_RT { meters_ = meters; }   // [audio] call seek after it
  void seek(Tick next) ARIETTA_RT;              // to the first beat at or after `next`       [audio]

  Tick beat() const { return beat_; }           // tick of the next beat
  bool accent() const { return number_ == 0; }  // it is the first of its bar
  void advance() ARIETTA_RT;                    // [audio]

 private:
  Tick beat_ticks() const { return kTicksPerQuarter * 4 / meters_[meter_].beat_unit; }
  void enter_next_meter();

  span<const PlanMeter> meters_;
  size_t meter_ = 0;
  Tick beat_ = 0;
  int number_ = 0;                              // of the next beat in its bar
};

}  // namespace arietta
