// What is asked of the melody model: one JSON object, the same from the page, from a line of the command line's input and
// from a line of the training data (../../models/README.md lists the members). Times are 24 ticks per quarter.   [any]
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assist/groove.h"
#include "assist/melody.h"
#include "base/result.h"

namespace arietta {

enum class Task : uint8_t { kContinue, kInfill, kVary, kHarmonise, kChords, kGroove };

inline constexpr int kMostSamples = 8;
inline constexpr int kMostAnswerNotes = 256;

struct MelodyRequest {
  std::string id;
  Task task = Task::kContinue;
  Melody notes, after;                  // before the answer and behind it; for vary, harmonise and groove the melody itself
  Groove hits;                          // groove: what the drums played before the answer
  double tempo = 110;                   // quarters a minute
  std::optional<Melody> truth;          // asks how likely these are instead of for an answer
  MelodyPlace place;
  int cut = 0, end = 0;                 // ticks: the answer lies in [cut, end); end 0 = `least_notes` notes, then stop
  int least_notes = 0, open_until = 0;  // of an answer without an end: it stops with the first note from there on
  Melody shape;                         // vary: the notes to be varied, whose rhythm is kept
  int samples = 1;
  uint32_t seed = 1;
  bool greedy = false;
  bool detail = false;                  // of a truth: also the parts, for fitting
  double adventurous = .5, busy = .5, like_me = 0;   // 0..1; busy .5 = as the melody is
  uint16_t scale = 0xfff;               // pitch classes that may be chosen, bit 0 = C
  int low = 21, high = 108;             // MIDI keys that may be chosen
  std::vector<Melody> memory;           // the person's own melodies
};

// Chords in `notes` become their top note; notes that overlap the next are cut short.
Result<MelodyRequest> parse_request(std::string_view json);

// "D" "Bb" "F#" as a pitch class, -1 when it is none.
int pitch_class_of(std::string_view name);
// "Am7" "Bb" "F#dim" "C/E"; nothing when it is no chord.
std::optional<MelodyChord> parse_chord(std::string_view symbol, int onset, int duration);
// "6/8" in ticks; 0 when that is no metre or no whole number of ticks.
int bar_ticks(std::string_view meter);
// One line: sorted, the top note of each chord, none overlapping the next.
Melody top_line(Melody notes);

}  // namespace arietta
