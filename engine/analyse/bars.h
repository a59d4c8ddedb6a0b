// Which beats begin a bar, and how many beats a bar has: three or four. Chords change on first beats, basses play them,
// and snares like the second and fourth. Each way of counting is tried and the one that fits best is taken.
// Source: M. Goto, "An audio-based real-time beat tracking system for music with or without drum-sounds", JNMR 2001.
//                                                                                                 [main]
#pragma once
#include "analyse/beats.h"
#include "analyse/chroma.h"

namespace arietta {

struct Bars {
  int beats = 4;                  // in a bar
  size_t first = 0;               // the first beat that begins one
};

Bars find_bars(const Beats& beats, const Onsets& onsets, const Chromas& chromas);

}  // namespace arietta
