// Notches that sweep: the sound beside itself through a row of all-pass filters, fed back. Two filters make one notch.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/movement.h"
#include "dsp/stereo.h"

namespace arietta {

class Phaser final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void tempo(float quarters_per_minute) ARIETTA_RT override { movement_.tempo(quarters_per_minute); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  static constexpr int kMostFilters = 12;

  f32x4 coefficient() const;
  void sweep(Block wet);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::phaser> knobs_;
  Movement movement_;
  f32x4 states_[kMostFilters];         // of the filters; left in lane 0, right in lane 1
  f32x4 fed_ = 0;                      // what came out last
  f32x4 coefficient_ = 0;              // of every filter, at the end of the last block
  float feedback_ = 0, mix_ = 0, stages_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
