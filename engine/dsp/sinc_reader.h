// Values of a band-limited signal between its frames: 16 taps of a windowed sinc in floats, the taps of two neighbouring
// phases blended. Error below -100 dB up to 0.7 of the band; nothing is filtered when it is read faster than it was recorded.
// Source: J. O. Smith, "Digital Audio Resampling"; window: Kaiser.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kSincTaps = 16;
inline constexpr int kSincBefore = 7, kSincAfter = 8;    // frames it needs before and after the one at the position
inline constexpr int kSincPhases = 256;

struct SincTable {
  alignas(16) float taps[kSincPhases + 1][kSincTaps];
};

// The one table all readers share; made at the first call.                                  [setup]
const SincTable& sinc_table();

// Writes `count` values at `position`, `position + speed`, ...; `frames[0]` is the frame at position 0, and frames from
// floor(position) - kSincBefore to floor(last position) + kSincAfter are read.              [audio]
void read_sinc(const SincTable& table, const float* frames, double position, double speed, int count, float* out);

}  // namespace arietta
