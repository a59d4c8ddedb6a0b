// The sixteen pads of the kit and which General MIDI keys each of them holds.                      [any]
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kDrumPads = 16;

// Pads in the order of their knobs: kick, snare, stick, clap, low, middle and high tom, closed, foot and open hat,
// crash, ride, bells, shakers, hand drums, wood.
constexpr int drum_pad(int key) {
  constexpr uint8_t kPads[] = {
      /* 35 */ 0, 0, 2, 1, 3, 1, 4, 7, 4, 8, 5, 9, 5, 6, 10,
      /* 50 */ 6, 11, 10, 11, 13, 10, 12, 10, 13, 11,
      /* 60 */ 14, 14, 14, 14, 14, 14, 14, 12, 12, 13, 13, 15, 15, 13, 13,
      /* 75 */ 15, 15, 15, 14, 14, 12, 12,
  };
  constexpr int kFirst = 35, kCount = int(sizeof kPads);
  const int place = key - kFirst;
  return kPads[place < 0 ? 0 : place < kCount ? place : kCount - 1];
}

}  // namespace arietta
