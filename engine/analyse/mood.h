// The mood a piece is likely to be heard in, as two numbers from -1 to 1 and a word.
//   energy (arousal): tempo, how many things begin in a second, loudness, brightness; each counts a quarter
//   cheer (valence): major or minor first, then tempo and brightness
// It knows nothing of words, memories or who listens: a rough guess from sound alone, and said to be one.
// Sources: J. Russell, "A circumplex model of affect", 1980; A. Gabrielsson, E. Lindstroem, "The role of structure in
// the musical expression of emotions", in Handbook of Music and Emotion, 2010.                    [any]
#pragma once
#include <string_view>

namespace arietta {

struct MoodClues {
  double tempo = 0;                  // beats a minute; 0: none
  double onsets_per_s = 0;
  double loudness_lufs = -23;
  double brightness_hz = 1500;       // centre of gravity of the spectrum
  double mode = 0;                   // 1 major, -1 minor, 0 neither
};

struct Mood {
  double energy = 0, cheer = 0;
  std::string_view word;             // happy, calm, tense, sad or neutral
};

Mood find_mood(const MoodClues& clues);

}  // namespace arietta
