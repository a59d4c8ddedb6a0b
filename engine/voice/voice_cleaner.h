// Before anything else is done to a voice: less of its hissing "s", and silence where only breath and the room are left.
// Levels in dB, times in seconds.
#pragma once
#include "dsp/svf.h"

namespace arietta {

class VoiceCleaner {
 public:
  void prepare(float sample_rate);                                                               // [setup]
  void reset();                                                                                  // [audio]
  // `de_ess` from 0 to 1: up to 12 dB off the hiss. Below `gate_db` the sound is taken away; `kGateOff` leaves it.   [audio]
  void set(float de_ess, float gate_db);
  // In place, both channels by the same gain.                                                   [audio]
  void process(float* left, float* right, int frames);

  static constexpr float kGateOff = -80;

 private:
  float sample_rate_ = 48000;
  float de_ess_ = 0, opens_at_ = 0;      // opens_at_: linear, 0 is off
  SvfCoefficients treble_;
  Svf4 filter_;                          // lanes: left, right
  float hiss_ = 0, all_ = 0;             // loudness of late
  float level_ = 0, gate_ = 1, held_s_ = 0;
  float quick_ = 0, opening_ = 0, closing_ = 0, falling_ = 0;
};

}  // namespace arietta
