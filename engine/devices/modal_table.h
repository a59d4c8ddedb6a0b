// What bells, bars and gongs are, as numbers: the frequencies of their modes relative to the strike note, how loud each
// is and how long it rings relative to the first. Sources stand at each row.                        [any]
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kMostModes = 24;          // six vectors

struct ModalMode {
  float ratio;             // of the strike note's frequency
  float level;             // struck in the usual place with the usual mallet
  float ring;              // of the instrument's ring
};

// How the strike place shapes the modes: a free bar's antinodes, a membrane or plate from rim to middle, or not at all.
enum class ModalShape : uint8_t { kBar, kPlate, kFixed };

struct ModalKind {
  ModalMode modes[kMostModes];
  float ring_s;            // of the first mode at C5, seconds to -60 dB
  float ring_register;     // how much sooner high notes stop: ring ~ frequency to minus this
  float contact_s;         // of the usual mallet, at its middle hardness
  float pairs;             // splits modes in two, relative to their frequency: nothing is perfectly round
  float knock, knock_hz;   // the blow itself: noise of this level around this frequency
  float level;             // measured: all about equally loud
  ModalShape shape;
  bool damped;             // has dampers or a hand that stops it
};

enum class ModalSound : uint8_t {
  kTubular, kChurch, kGlockenspiel, kMusicBox, kCelesta, kMarimba, kXylophone, kVibraphone, kKalimba, kSteelDrum, kGong, kBowl,
};
inline constexpr int kModalSounds = 12;

const ModalKind& modal_kind(ModalSound sound);

}  // namespace arietta
