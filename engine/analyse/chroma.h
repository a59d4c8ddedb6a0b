// Which of the twelve pitch classes sound, moment by moment, whatever A the music is tuned to.
// Spectral peaks are measured between bins and counted for the nearest semitone of the tuning found.
// Source: E. Gomez, "Tonal description of polyphonic audio for music content processing", INFORMS J. Computing 2006.
//                                                                                                 [main]
#pragma once
#include <array>
#include <vector>

#include "base/types.h"

namespace arietta {

inline constexpr double kChromasPerSecond = 10;

using Chroma = std::array<float, 12>;      // C first

struct Chromas {
  std::vector<Chroma> frames;              // each as loud as its moment
  double tuning_cents = 0;                 // how far the music is from A = 440 Hz
};

Chromas find_chromas(span<const float> mono, float sample_rate);

}  // namespace arietta
