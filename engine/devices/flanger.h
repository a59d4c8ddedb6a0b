// A comb that sweeps: the sound beside a copy of itself a few milliseconds old, fed back.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/movement.h"
#include "dsp/delay_line.h"
#include "dsp/stereo.h"

namespace arietta {

class Flanger final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void tempo(float quarters_per_minute) ARIETTA_RT override { movement_.tempo(quarters_per_minute); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  float place(int side) const;

  float sample_rate_ = 48000;
  Knobs<DeviceKind::flanger> knobs_;
  Movement movement_;
  DelayLine lines_[2];
  float places_[2] = {};               // frames back, at the end of the last block
  float feedback_ = 0, mix_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
