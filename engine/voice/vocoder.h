// Speaks with another sound: how loud each of sixteen bands of the voice is decides how loud that band of a carrier is.
// The carrier is made here: a saw wave on one note, and noise for the consonants.
// Frequencies in Hz. Source: H. Dudley, "The vocoder", Bell Laboratories Record 18 (1939).
#pragma once
#include "base/random.h"
#include "dsp/svf.h"

namespace arietta {

class Vocoder {
 public:
  void prepare(float sample_rate);                                                               // [setup]
  void reset();                                                                                  // [audio]
  void set_note(float hz) { turn_ = hz / sample_rate_; }                                         // [audio]
  // The frames of `voice` spoken by the carrier; at most kMaxBlock.                             [audio]
  void process(const float* voice, float* out, int frames);

 private:
  static constexpr int kQuads = 4;
  float carrier();

  float sample_rate_ = 48000, turn_ = 0.002f, follow_ = 0.01f, even_ = 0;
  SvfCoefficients bands_[kQuads];
  Svf4 ears_[kQuads][2], mouths_[kQuads][2];
  f32x4 loudness_[kQuads];
  float phase_ = 0, parabola_ = 0;
  float heard_ = 0, spoken_ = 0, level_ = 0;      // energies of late; what makes them alike
  Random random_{11};
};

}  // namespace arietta
