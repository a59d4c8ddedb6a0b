// What a drum sounds like, as numbers: ringing partials whose pitch may fall, and up to four layers of filtered
// hiss. One voice (drum_hit.h) plays them all; this file and its table are the kit.
// Times are seconds to -60 dB, frequencies Hz, levels linear.
#pragma once
#include "base/types.h"

namespace arietta {

struct DrumPartial {
  float ratio;              // of the tone's frequency
  float level;
  float decay = 1;          // of the tone's decay: higher partials of real things die sooner
};

struct DrumTone {
  float hz = 0;             // 0: no tone
  float decay_s = 0;
  float bend = 0;           // starts at hz * (1 + bend), like a skin that is hit hard
  float bend_s = 0.1f;
  float snap = 0;           // a second, faster fall on top: the beater
  float attack_s = 0;
  DrumPartial partials[8]{};
};

enum class DrumFilter : uint8_t { kLow, kBand, kHigh };

struct DrumLayer {
  float level = 0;          // 0: no layer
  DrumFilter filter = DrumFilter::kHigh;
  float hz = 1000;
  float q = 0.7f;
  float decay_s = 0.1f;
  float attack_s = 0;
  float tail = 0;           // share of the level that rings on for tail_s
  float tail_s = 0.1f;
  float fall = 0;           // octaves the filter drops while the layer decays
  float metal = 0;          // 0 is noise, 1 the square waves of a cymbal
  uint8_t bursts = 1;       // hands of a clap, teeth of a guiro
  float gap_s = 0;          // between two of them
};

struct DrumRecipe {
  float level = 1;
  float pan = 0;            // -1 left, as the audience sees the kit
  float drive = 0;          // how hard the sum is pushed into saturation
  float metal_hz = 0;       // lowest of the square waves
  uint8_t group = 0;        // struck together, one of a group silences the others
  DrumTone tone;
  DrumLayer layers[4]{};
};

// The studio kit's recipe of a General MIDI key (35 to 81; others get the nearest).              [any]
const DrumRecipe& drum_recipe(int key);

enum class DrumKitKind : uint8_t { kStudio, kJazz, kRock, kBoom, kClub, kBox, kHexagon };

// The same of any kit (drum_machines.cpp).                                                       [any]
DrumRecipe drum_recipe(DrumKitKind kit, int key);

}  // namespace arietta
