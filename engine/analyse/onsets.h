// How strongly something begins, a hundred times a second: what the spectrum gained, in three parts of the range.
// A rise is counted in decibels, against the loudest neighbour a moment ago, so that vibrato is no beginning.
// Source: S. Boeck, G. Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013.   [main]
#pragma once
#include <vector>

#include "base/types.h"

namespace arietta {

inline constexpr double kOnsetsPerSecond = 100;

struct Onsets {
  std::vector<float> low, middle, high;    // below 160 Hz, below 2.5 kHz, above; each at most about 1 at its strongest
  std::vector<float> all;                  // what beats are found in: the usual strong event is about 1
  std::vector<float> level_db;             // of the whole sound, for finding where there is any
};

Onsets find_onsets(span<const float> mono, float sample_rate);

}  // namespace arietta
