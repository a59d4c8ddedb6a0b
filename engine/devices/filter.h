// A filter that moves: by itself, with the beat, or with how loud the sound is. Keeps the lows, a band, the highs, or
// all but a notch. State-variable filter of dsp/svf.h's kind, its cutoff set 1500 times a second.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/movement.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Filter final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void tempo(float quarters_per_minute) ARIETTA_RT override { movement_.tempo(quarters_per_minute); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  void follow(Block io);
  FilterSection section() const;

  float sample_rate_ = 48000;
  Knobs<DeviceKind::filter> knobs_;
  Movement movement_;
  StereoFilterPair filter_;
  float level_ = 0;                    // of the sound, as followed
  float mix_ = 1;
  Afterglow afterglow_;
};

}  // namespace arietta
