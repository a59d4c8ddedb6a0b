// Many where there was one: three delayed copies a side, each a little sharp and flat in turn.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/movement.h"
#include "dsp/delay_line.h"
#include "dsp/stereo.h"

namespace arietta {

class Chorus final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  static constexpr int kVoices = 3;

  float place(int side, int voice) const;

  float sample_rate_ = 48000;
  Knobs<DeviceKind::chorus> knobs_;
  Movement movement_;
  DelayLine lines_[2];
  float places_[2][kVoices] = {};      // frames back, at the end of the last block
  float mix_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
