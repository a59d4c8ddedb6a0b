// The slow movement of an effect: so many turns a second, or one turn in so many beats.
#pragma once
#include "params/note_lengths.h"

namespace arietta {

class Movement {
 public:
  void reset() { phase_ = 0; }                                                                   // [audio]
  void tempo(float quarters_per_minute) { quarters_per_minute_ = quarters_per_minute; }          // [audio]

  // Turns a second.                                                                             [audio]
  float speed(bool synced, float rate_hz, float note) const {
    return synced ? 1 / note_seconds(note, quarters_per_minute_) : rate_hz;
  }

  // 0 to 1 at the start of the coming block.
  float phase() const { return phase_; }
  void advance(float turns) {                                                                    // [audio]
    phase_ += turns;
    phase_ -= float(int(phase_));
  }

 private:
  float phase_ = 0;
  float quarters_per_minute_ = 120;
};

}  // namespace arietta
