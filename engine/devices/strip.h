// A track's mixer strip: volume, pan and mute on the way through, and sends to the reverb and the buses.
#pragma once
#include "devices/device.h"
#include "devices/param_values.h"
#include "dsp/ramp.h"

namespace arietta {

class Strip final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;      // in place

  // The sends: 0 is the room, then the buses.
  static constexpr int kSends = 5;

  // Adds `from` (what this strip has rendered) to `to`, as loud as that send's knob says. Once a block each.  [audio]
  void send(int number, Block from, Block to) ARIETTA_RT;

  // Whether send() would add anything: a song without reverb has none to pay for.                [audio]
  bool sends(int number) const ARIETTA_RT { return sends_[number].moving() || sends_[number].target() > 0; }

 private:
  void aim(float frames);

  float sample_rate_ = 48000;
  ParamValues<DeviceKind::strip> params_;
  Glide left_{1}, right_{1};
  Glide sends_[kSends];
};

}  // namespace arietta
