// What this melody has done before in the same place: a model of orders 0 to 6 counted on the notes so far, or on a
// person's own melodies, and mixed into the answers of the melody model. Within one tune the past is the best guide there
// is, and the person's own turns of phrase are what "like me" means; both are this one mechanism.
//
// Source: interpolated context models (Witten and Bell, IEEE Trans. Information Theory 37(4), 1991); a short-term model
// beside a long-term one (Conklin and Witten, J. New Music Research 24(1), 1995).   [any]; functions allocate nothing.
#pragma once
#include <array>
#include <vector>

#include "assist/melody.h"
#include "base/types.h"

namespace arietta {

struct NoteToken {
  int16_t gap = 0, duration = 0, interval = 0;   // ticks, ticks, semitones from the note before
};
using Tokens = std::vector<NoteToken>;

inline constexpr int kLongestMatch = 6;
// Share of the counted model by the longest stretch of the past that was found again; [0] is for none.
using MixShares = std::array<float, kLongestMatch + 1>;

inline constexpr NoteToken kBreak{-1, -1, 127};  // between melodies; matches nothing
NoteToken token_of(const MelodyNote& note, const MelodyNote& before);
Tokens tokens_of(const Melody& melody);          // of every note but the first
void append_melody(Tokens& corpus, const Melody& melody);   // after a break

// How likely each answer is by count, with `base` where nothing was seen. `scores` comes in as the base and goes out as the
// counted distribution; both sum to one. Returns the longest match. `recent` is what has been so far, `corpus` what is
// searched (often the same).
int count_gaps(const Tokens& recent, const Tokens& corpus, span<float> scores);
int count_durations(const Tokens& recent, const Tokens& corpus, int gap, span<float> scores);
// scores[i] stands for the interval i - zero.
int count_intervals(const Tokens& recent, const Tokens& corpus, int zero, span<float> scores);

}  // namespace arietta
