// Scales as sets of pitch classes, with the words people see.   [any]
#pragma once
#include <string_view>

#include "base/types.h"

namespace arietta {

struct Scale {
  std::string_view name;        // the musician's term
  uint16_t mask;                // bit n: n semitones above the root belongs
};

// Order is part of the file format (song.scale is an index): append only.
inline constexpr Scale kScales[] = {
    {"Major", 0b101010110101},
    {"Minor", 0b010110101101},
    {"Major pentatonic", 0b001010010101},
    {"Minor pentatonic", 0b010010101001},
    {"Blues", 0b010011101001},
    {"Dorian", 0b011010101101},
    {"Mixolydian", 0b011010110101},
    {"Lydian", 0b101011010101},
    {"Phrygian", 0b010110101011},
    {"Harmonic minor", 0b100110101101},
    {"Melodic minor", 0b101010101101},
    {"Chromatic", 0b111111111111},
};
inline constexpr int kScaleCount = int(std::size(kScales));
inline constexpr std::string_view kPitchNames[12] = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};

constexpr bool in_scale(int scale, int root, int key) {
  return kScales[scale].mask >> ((key - root + 120) % 12) & 1;
}
// The nearest key of the scale; the lower one when two are equally near.
constexpr int snap_to_scale(int scale, int root, int key) {
  for (int away = 0; away < 12; ++away) {
    if (key - away >= 0 && in_scale(scale, root, key - away)) return key - away;
    if (key + away <= 127 && in_scale(scale, root, key + away)) return key + away;
  }
  return key;
}

}  // namespace arietta
