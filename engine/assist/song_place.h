// Where in the song an answer goes, and which notes are its surroundings.   [main]
#pragma once
#include <vector>

#include "assist/song_melody.h"
#include "assist/song_request.h"
#include "song/time.h"

namespace arietta {

inline constexpr Tick kLongestAnswer = 64 * kTicksPerQuarter;

struct PlacedMelody {
  HelpPlace place;
  std::vector<LineNote> before, after;     // for vary and harmonise `before` is the melody itself, and what comes before it
  std::vector<LineNote> hits;              // groove: what the drums have played; `before` is the melody of another track
};

// The error is a sentence for the person: why there is nothing to ask.
Result<PlacedMelody> find_place(const Document&, const HelpAsk&, const TimeMap&);

}  // namespace arietta
