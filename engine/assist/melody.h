// A melody as the melody model sees it: one line of notes on a grid of 24 ticks per quarter, and what is known about the
// place it stands in. All times count from the start of the tune.   [any]
#pragma once
#include <string>
#include <vector>

namespace arietta {

inline constexpr int kMelodyQuarter = 24;           // ticks
inline constexpr const char* kMelodyModelName = "arietta-melody 1";   // author of what it writes
inline constexpr int kSongTicksPerMelodyTick = 40;  // the song's 960 per quarter

struct MelodyNote {
  int onset = 0, duration = 1;   // ticks
  int pitch = 60;                // MIDI key

  int end() const { return onset + duration; }
  bool operator==(const MelodyNote&) const = default;
};
using Melody = std::vector<MelodyNote>;   // onsets rise, notes do not overlap

// Chord qualities the model tells apart; everything else is the nearest of them.
enum class Quality : int { kMajor, kMinor, kDominant, kDiminished, kOther, kCount };

struct MelodyChord {
  int onset = 0, duration = 0;   // ticks
  int root = 0;                  // pitch class, 0 = C
  Quality quality = Quality::kMajor;
};

// What the answer is to its surroundings. Numbers are inputs of the model: append only.
enum class Part : int { kMelody, kGap, kVoiceBelow, kBass, kVoiceAbove, kCount };

// Everything the model is told about a place in a tune.
struct MelodyPlace {
  Part part = Part::kMelody;
  int tonic = -1;                // pitch class, -1 = not known: guessed from the notes
  std::string mode;              // "major", "dorian", ... or empty
  std::string meter;             // "6/8" or empty
  int bar = 0;                   // ticks, 0 = no metre
  int pickup = 0;                // bar lines are at pickup + k * bar
  std::string tradition;         // a name of features.h, or anything else for "not known"
  int answer_end = 0;            // ticks; 0 = open
  int density = 0;               // wanted notes a quarter as density_class() has them, 0 = any
  std::vector<MelodyChord> chords;
  Melody guide;                  // the voice that is harmonised, for the parts that go with one
};

}  // namespace arietta
