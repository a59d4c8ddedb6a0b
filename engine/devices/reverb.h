// A room. As the song's one send effect it gives back only the room; in a chain it is blended with what came in.
#pragma once
#include "devices/device.h"
#include "devices/param_values.h"
#include "dsp/ramp.h"
#include "dsp/reverb_fdn.h"

namespace arietta {

class Reverb final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  void wait(float* samples, DelayLine& line, int frames);
  int wanted_wait() const;

  float sample_rate_ = 48000;
  ParamValues<DeviceKind::reverb> params_;
  Glide decay_, tone_, level_{1};      // octaves of seconds, octaves of Hz, gain
  Glide mix_{1};                       // 0 only what came in, 1 only the room
  ReverbFdn room_;

  DelayLine before_[2];                // the way to the first wall
  int wait_ = 0, next_wait_ = 0;       // frames; while they differ, one fades into the other
  Glide arrival_{1};                   // 0 all at wait_, 1 all at next_wait_

  int quiet_frames_ = 0;               // how long nothing went in and nothing to speak of came out
};

}  // namespace arietta
