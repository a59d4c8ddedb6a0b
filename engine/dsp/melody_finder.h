// The pitch of the one harmonic sound that carries most through a spectrum, followed from frame to frame: how much
// more there is at the multiples of a pitch than halfway between them, for every pitch in reach, and the path through
// the frames that keeps this high without jumping about.
// Sources: A. Klapuri, "Multiple fundamental frequency estimation by summing harmonic amplitudes", 2006 (whitened
// sum); D. J. Hermes, "Measurement of pitch by subharmonic summation", 1988; Viterbi's recursion without its way back,
// so that it waits for nothing.
#pragma once
#include "base/arena.h"

namespace arietta {

class MelodyFinder {
 public:
  static constexpr int kParts = 4;   // of weigh(), which costs most

  bool prepare(float sample_rate, int fft_size, Arena& arena);                                  // [setup]
  void reset();                                                                                 // [audio]

  // One frame, in this order: hear() the amplitudes of its bins, weigh() parts 0 .. kParts - 1, follow(). [audio]
  void hear(const float* amplitudes);
  void weigh(int part);
  void follow();

  float bin() const { return bin_; } // of the pitch, between bins as a fraction                  [audio]
  // From 0 (nothing harmonic) to 1.                                                            [audio]
  float confidence() const { return confidence_; }

 private:
  static constexpr int kPerOctave = 48;
  static constexpr int kPitches = 180;                 // 80 to 1076 Hz
  static constexpr int kHarmonics = 20;

  float sum_at(float bin) const;

  int bins_ = 0, wide_ = 1;
  span<float> weights_;              // of the bins: where voices have their harmonics
  span<float> flat_;                 // amplitudes with the slope of the spectrum taken out
  float pitch_bin_[kPitches] = {};
  float salience_[kPitches] = {};
  float path_[kPitches] = {};        // the best path's worth up to here
  float bin_ = 0, confidence_ = 0;
};

}  // namespace arietta
