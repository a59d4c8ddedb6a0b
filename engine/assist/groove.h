// A drum groove to a melody: sixteenth by sixteenth, each drum struck or not by a logistic regression on what the last two
// bars, the last beat and the lower drums did, the place in the bar, the style, and whether the bar is a fill. Of several drafts
// the one is kept that is likeliest and goes best with the melody. Learned from drummers' playing (models/groove).
//
// Sources: the data, Gillick et al., Learning to Groove with Inverse Sequence Transformations, ICML 2019.   [any]; allocates.
#pragma once
#include <array>
#include <vector>

#include "assist/melody.h"

namespace arietta {

inline constexpr const char* kGrooveModelName = "arietta-groove 1";
inline constexpr int kGrooveDrums = 9;           // bass, snare, closed hat, open hat, ride, crash, low, middle and high tom
inline constexpr int kGrooveStyles = 6;          // rock, funk, jazz, latin, hip-hop, reggae
inline constexpr int kGrooveStep = kMelodyQuarter / 4;

struct GrooveStroke {
  int onset = 0;                 // ticks, on a sixteenth
  int drum = 0;
  int velocity = 90;             // 1..127
  int late = 0;                  // 1/480 quarter after the onset; negative: before it
};
using Groove = std::vector<GrooveStroke>;

struct GrooveWish {
  int from = 0, to = 0;          // ticks, on bar lines
  int bar = 4 * kMelodyQuarter;  // ticks
  double tempo = 110;            // quarters a minute
  double busy = .5, adventurous = .5;
  uint32_t seed = 1;
  Groove before;                 // what the drums played up to `from`: the groove goes on
  Melody melody;                 // what it goes with
};

// `count` grooves: what is there goes on in its own style; else each in another style, those first that suit tempo and melody.
std::vector<Groove> grooves_for(const GrooveWish& wish, int count);

// General MIDI keys and back; -1 for a key that is none of these drums.
int key_of_drum(int drum);
int drum_of_key(int key);

}  // namespace arietta
