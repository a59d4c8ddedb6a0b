// The difference between an ideal step (or kink) and one that holds no frequency the sample rate cannot carry.
// An oscillator draws its waveform naively and adds a row of this table at every edge; what is left is
// band-limited. Integral of a Kaiser-windowed sinc: E. Brandt, "Hard sync without aliasing", ICMC 2001;
// V. Valimaki et al., "Perceptually informed synthesis of bandlimited classical waveforms using integrated
// polynomial interpolation", JASA 131 (2012) for kinks.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kBlepTaps = 24;                  // measured: 16 taps leave aliases at -77 dB, 24 at -92 dB
inline constexpr int kBlepDelay = kBlepTaps / 2;      // the correction begins this long before its edge
inline constexpr int kBlepPhases = 64;                // places of an edge between two frames; between them, linear

struct BlepTable {
  // Row p holds the residual for an edge p / kBlepPhases of a frame before the frame of tap kBlepDelay.
  alignas(16) float step[kBlepPhases + 1][kBlepTaps];   // a jump by 1
  alignas(16) float kink[kBlepPhases + 1][kBlepTaps];   // the slope grows by 1 per frame
};

// Built on the first call; all oscillators share it.                                            [setup]
const BlepTable& blep_table();

}  // namespace arietta
