// Distortion: five curves at eight times the sample rate, a cut of the bass before it, and after it a tone knob and the
// loudspeaker of an amplifier. As loud as before, more or less, however hard it is driven.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "dsp/delay_line.h"
#include "dsp/oversampler.h"
#include "dsp/stereo.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class Drive final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  Activity render(Block io) ARIETTA_RT override;      // in place
  int latency_frames() const override { return Oversampler::latency(); }

 private:
  static constexpr int kSpeakerPairs = 3;

  void aim();
  void distort(Block wet);
  void speak(Block wet);

  float sample_rate_ = 48000;
  Knobs<DeviceKind::drive> knobs_;
  Oversampler oversamplers_[2];
  StereoFilterPair tight_, tone_, speaker_[kSpeakerPairs];
  DelayLine dry_[2];
  float constant_[2] = {};             // what a lopsided curve adds, to be taken away
  float gain_ = 1, level_ = 1, shape_ = 0, cabinet_ = 0, mix_ = 1;   // at the end of the last block
  Afterglow afterglow_;
};

}  // namespace arietta
