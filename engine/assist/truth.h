// How likely given notes are: the same scores and the same mixing as for suggestions, asked about what is already there.
#pragma once
#include <vector>

#include "assist/features.h"
#include "assist/melody_data.h"
#include "assist/repeats.h"

namespace arietta {

// One part (gap, duration or pitch) of one note.
struct TruthPart {
  float model = 0, counted = 0;   // shares the truth has by the network and by count
  int longest = 0;                // match of the counted model
};

// `notes` with `recent` tokens before each; part 0 gap, 1 duration, 2 pitch; scores are the network's for this note.   [any]
TruthPart truth_part(const Tokens& recent, const NoteToken& truth, int part, int last_degree, int degree, span<const float> scores);
float mixed(const TruthPart& part, const MixShares& shares);

}  // namespace arietta
