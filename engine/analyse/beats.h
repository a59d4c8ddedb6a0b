// Where a listener taps. A path through time is looked for, from beat to beat, that meets the strongest onsets while
// its period changes little: a Viterbi search over place and period at once, so that the tempo may move.
// Half and double tempo are told apart by what a beat must at least be worth, and by what people like to tap.
// Sources: D. Ellis, "Beat tracking by dynamic programming", JNMR 2007; F. Krebs, S. Boeck, G. Widmer, "An efficient
// state-space model for joint tempo and meter tracking", ISMIR 2015 (period as state, changes only at beats);
// D. Moelants, "Preferred tempo reconsidered", ICMPC 2002.                                        [main]
#pragma once
#include <vector>

#include "analyse/onsets.h"

namespace arietta {

struct Beats {
  std::vector<double> times_s;       // empty when nothing beats
  double tempo = 0;                  // beats a minute, the usual one of the whole
  double clarity = 0;                // 0: onsets fall anywhere; 1: all of them on beats and their halves
};

Beats find_beats(const Onsets& onsets);

}  // namespace arietta
