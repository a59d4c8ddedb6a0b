// What a musician would throw away at once: a draft that is duller than the tune it goes on with.   [any]
#pragma once
#include "assist/melody.h"

namespace arietta {

// Whether the draft hammers one key, runs up or down, keeps to two or three keys or falls silent for longer than the tune
// before it ever does (short tunes allow what is usual).
bool duller(const Melody& draft, const Melody& tune);

}  // namespace arietta
