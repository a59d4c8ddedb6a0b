// The resonances of sung vowels, from bass to soprano: five formants each, with how loud and how wide they are.
// Source: the formant tables of the CHANT project (X. Rodet, Y. Potard and J.-B. Barriere, CMJ 8(3), 1984), as reprinted
// in the appendix of the Csound manual.                                                            [any]
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kFormants = 5;

struct Formant { float hz, gain, width_hz; };          // gain: linear, of an even spectrum

struct Vowel { Formant formants[kFormants]; };

// `vowel` from 0 (ah) over eh, ee, oh to 4 (oo), with all between. `key` chooses the kind of singer.  [audio]
Vowel sung_vowel(float vowel, float key);

}  // namespace arietta
