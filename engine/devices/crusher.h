// Fewer bits and fewer samples, as early samplers had. Its aliases are the point of it; the smoothness knob brings in the
// filters those machines had before and after, which take them away.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/stereo.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Crusher final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  void aim();
  void crush(Block wet);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::crusher> knobs_;
  StereoFilterPair before_, after_;
  float due_ = 0;                      // frames of the slow clock since its last sample
  float held_[2] = {};
  float steps_ = 128, next_steps_ = 128;   // between nothing and full scale; while they differ, one fades into the other
  Glide arrival_{1};                   // 0 all in steps_, 1 all in next_steps_
  float level_ = 1, mix_ = 1;
  Afterglow afterglow_;
};

}  // namespace arietta
