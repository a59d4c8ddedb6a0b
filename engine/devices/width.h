// How wide a sound is: its sides louder or softer than its middle, the bass in the middle, a mono sound spread out.
// Only the sides change, so what a single loudspeaker plays stays the same.
// M. R. Schroeder, "An artificial stereophonic effect obtained from a single audio signal", JAES 6(2), 1958.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/delay_line.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Width final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  static constexpr int kDiffusers = 3;
  struct Gains { float side, spread, left, right; };

  Gains gains() const;
  void aim();
  void diffuse(float* samples, int frames);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::width> knobs_;
  struct { DelayLine line; int delay = 0; } diffusers_[kDiffusers];
  StereoFilterPair cut_;               // of the sides on its left and the spread on its right
  Gains gains_{};
  float spread_low_ = 0;               // what the spread loses
  Afterglow afterglow_;
};

}  // namespace arietta
