// The songs a person meets first.
#pragma once
#include "song/document.h"

namespace arietta {

// The song the page opens on: two bars, already good, meant to loop.                      [main]
Document starter_song(uint32_t actor = 1);
// One instrument track, one empty clip of four bars.                                      [main]
Document empty_song(uint32_t actor = 1);

}  // namespace arietta
