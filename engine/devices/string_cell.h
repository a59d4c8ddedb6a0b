// What all strings of the instrument share during one cell: the knobs in the units the strings compute in, and
// where the wheels stand.
#pragma once
#include "dsp/blep_table.h"
#include "dsp/envelope.h"

namespace arietta {

struct StringCell {
  float sample_rate = 48000;
  float bend = 0;                      // semitones, wheel and wheel vibrato together
  float vibrato = 0, wheel = 0;        // semitones of a player's own vibrato; 0 to 1
  float slide = 0;                     // share of the way to a new pitch that is left after a cell

  // Plucked.
  float ring_s = 4, release_s = 0.2f;
  float loss = 1e-8f, stiffness = 0;
  float pick = 0.5f, mute = 0, position = 0.14f;

  // Bowed.
  AdsrShape envelope{};
  float pressure = 0.5f, brightness = 0.5f;
  int players = 1;
  float width = 0.4f;
};

}  // namespace arietta
