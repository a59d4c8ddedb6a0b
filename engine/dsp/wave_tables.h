// The wavetables: single cycles in rows that morph into each other, all computed from formulas. Each cycle is kept at many
// levels half an octave apart, each holding only the partials that fit below half the sample rate at its pitches, and
// so finely drawn that a cubic between its points is as good as the curve (R. Bristow-Johnson, "Wavetable synthesis 101",
// AES preprint 4400, 1996; half octaves so that the top octave does not come and go).
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kWaveTables = 8, kWaveFrames = 6, kWaveLevels = 19;
inline constexpr int kMostPartials = 512;                 // of level 0: to 20 kHz from a 39 Hz fundamental on

// Partials of a level: 512, 362, 256 ... 1. Points of its cycle: at least eight times as many, 22 times from level 3 on:
// then what the cubic makes up lies below -90 dB.
constexpr int wave_points(int level) {
  const int points = level < 5 ? 4096 : 4096 >> ((level - 3) / 2);
  return points < 64 ? 64 : points;
}

class WaveTables {
 public:
  // One point before the cycle and three after it may be read.                                  [audio]
  const float* cycle(int table, int frame, int level) const;

  // The level whose partials all lie below 0.47 of the sample rate; `cycles_per_frame` is the pitch.  [audio]
  static int level_for(float cycles_per_frame);
};

// Built on the first call (some 10 ms); all instruments share them.                              [setup]
const WaveTables& wave_tables();

}  // namespace arietta
