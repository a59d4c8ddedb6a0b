// A room: sixteen delays that feed each other through a Hadamard matrix, behind four diffusing all-passes a side.
// High notes die sooner than low ones, and every delay breathes a little, so that no ringing settles.
// J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 90, 1991;
// the breathing after J. Dattorro, "Effect design, part 1", JAES 45(9), 1997.
#pragma once
#include "dsp/block.h"
#include "dsp/delay_line.h"

namespace arietta {

class ReverbFdn {
 public:
  // False when the arena is full.                                                               [setup]
  bool prepare(Arena& arena, float sample_rate);
  void reset();                                                                                  // [audio]

  // Seconds to -60 dB for low frequencies, and the frequency that takes half as long. Arrives at the end of the
  // next block.                                                                                 [audio]
  void set(float decay_s, float tone_hz);

  // Replaces the sound by its reverberation, about as loud as it was.                           [audio]
  void process(Block io);

 private:
  static constexpr int kLines = 16, kDiffusers = 4;

  void diffuse(float* samples, int side, int frames);
  void read_lines(int frames);
  void damp(int frames);
  void mix_lines(int frames);

  struct Diffuser { DelayLine line; int delay = 0; };

  float sample_rate_ = 48000;
  Diffuser diffusers_[2][kDiffusers];
  DelayLine lines_[kLines];
  float delay_[kLines];                              // frames, at rest
  float breath_[kLines];                             // frames away from rest, now
  alignas(16) float breath_phase_[kLines];
  struct Damping { f32x4 pass, keep; };              // a one-pole in each line
  Damping damping_[kLines / 4], next_damping_[kLines / 4];
  f32x4 damped_[kLines / 4];
  float low_cut_[2] = {};                            // what the input filter holds
  float wet_gain_ = 1, next_wet_gain_ = 1;
  alignas(16) float rows_[kLines][32];
};

}  // namespace arietta
