// Chords for a melody: a hidden Markov model of which chord follows which, relative to the tonic, and of which notes a melody
// has over a chord; the likeliest path by Viterbi's algorithm. Learned by counting from tunes with written chords and from
// chord annotations of songs (models/README.md).
//
// Sources: Rabiner, Proc. IEEE 77(2), 1989; for melody harmonisation Simon, Morris and Basu, MySong, CHI 2008.   [any]
#pragma once
#include <array>
#include <string>
#include <vector>

#include "assist/melody.h"

namespace arietta {

inline constexpr int kChordQualities = 4;                          // without kOther
inline constexpr int kChordStates = 12 * kChordQualities;          // quality * 12 + root above the tonic

// Natural logarithms of shares.
struct ChordTables {
  using Moves = std::array<std::array<float, kChordStates>, kChordStates>;
  std::array<std::array<float, kChordStates>, 2> first{};          // [minor]
  std::array<Moves, 2> move{};                                     // [minor][from][to], from bar to bar
  std::array<std::array<float, 12>, kChordQualities> tone{};       // of melody notes, above the root
};

class ChordCounter {
 public:
  // Chords on bar lines that are `bar` apart, the first at `start`; the melody may be empty. A song in minor is one whose
  // tonic chord is mostly minor.
  void add(int tonic, const std::vector<MelodyChord>& chords, int bar, int start, const Melody& melody);
  ChordTables tables() const;

 private:
  std::array<std::array<double, kChordStates>, 2> first_{};
  std::array<std::array<std::array<double, kChordStates>, kChordStates>, 2> move_{};
  std::array<std::array<double, 12>, kChordQualities> tone_{};
};

struct ChordWish {
  int tonic = 0;
  bool minor = false;
  int from = 0, to = 0;          // ticks
  int slot = 96;                 // ticks: how often the chord may change, counted from `from`
  double surprise = 0;           // 0: the likeliest; 1: far from it
  uint32_t seed = 1;
};
std::vector<MelodyChord> chords_for(const ChordTables& tables, const Melody& melody, const ChordWish& wish);

// "Am", "Bb", "F#dim", "G7"; flats where the key has flats.
std::string chord_name(const MelodyChord& chord, int tonic, bool minor);

}  // namespace arietta
