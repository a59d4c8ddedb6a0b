// Makes loud places softer: feed-forward, both sides alike, measured in decibels, with a soft knee and a smooth
// decoupled peak detector. It may listen to another track instead of its own sound. No delay.
// D. Giannoulis, M. Massberg, J. D. Reiss, "Digital dynamic range compressor design", JAES 60(6), 2012.
#pragma once
#include "base/mathx.h"
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/level_listener.h"

namespace arietta {

class Compressor final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void sidechain(Block key) ARIETTA_RT override { listener_.other(key); }
  Activity render(Block io) ARIETTA_RT override;      // in place

  // How far the last block was turned down at most: 0 or below, for the meter.                  [audio]
  float gain_reduction_db() const ARIETTA_RT { return -most_reduction_db_; }

 private:
  void aim();
  void reductions(const float* levels, float* reductions_db, int frames);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::compressor> knobs_;
  LevelListener listener_;
  struct Curve { float threshold_db, slope, knee_db; } curve_{};   // at the end of the last block
  float attack_ = 0, release_ = 0;     // of the way to go, per frame
  float held_db_ = 0, smooth_db_ = 0;  // reduction after the release, and after the attack
  float makeup_db_ = 0, mix_ = 1;
  float most_reduction_db_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
