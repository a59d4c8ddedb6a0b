// Louder and softer in turn; with the sides apart, from left to right. The two sides of a full swing keep their power.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/movement.h"

namespace arietta {

class Tremolo final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void tempo(float quarters_per_minute) ARIETTA_RT override { movement_.tempo(quarters_per_minute); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  float sample_rate_ = 48000;
  Knobs<DeviceKind::tremolo> knobs_;
  Movement movement_;
  float depth_ = 0, hardness_ = 1, apart_ = 0;       // at the end of the last block
  Afterglow afterglow_;
};

}  // namespace arietta
