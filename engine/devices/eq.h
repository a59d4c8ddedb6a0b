// Equaliser: low cut, bass shelf, three bells, treble shelf, high cut. Every curve keeps its analogue shape up to the
// top of hearing (dsp/filter_design.h). No delay.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Eq final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  static constexpr int kPairs = 4;

  void aim();

  float sample_rate_ = 48000;
  Knobs<DeviceKind::eq> knobs_;
  StereoFilterPair pairs_[kPairs];
  float level_ = 1;
  Afterglow afterglow_;
};

}  // namespace arietta
