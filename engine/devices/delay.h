// Echoes: in time with the song or in seconds, straight or from side to side, each duller than the one before.
// A change of time moves the echo like a tape that runs faster or slower for a moment: its pitch bends, it never clicks.
// The loop always loses energy: whatever the knobs say, echoes end.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/delay_line.h"
#include "dsp/stereo.h"

namespace arietta {

class Delay final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void tempo(float quarters_per_minute) ARIETTA_RT override { quarters_per_minute_ = quarters_per_minute; }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  float wanted_frames() const;
  void read(Block echo);
  void color(Block echo);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::delay> knobs_;
  float quarters_per_minute_ = 120;
  int longest_ = 0;                    // frames
  DelayLine lines_[2];
  double delay_ = 0;                   // frames, now; it creeps by less than a float of its size can tell
  float speed_ = 0;                    // frames a frame it is on the way
  float dull_[2] = {}, low_[2] = {};   // what the filters of the loop hold
  float feedback_ = 0, cross_ = 0, mix_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
