// Lengths of time counted in the song's beats, for delays and movements that follow the tempo. The order is that of
// the choice parameters named `note`: append only.   [any]
#pragma once
#include <iterator>

namespace arietta {

#define ARIETTA_NOTE_LENGTHS                                                                                     \
  "1/32", "1/16 triplet", "1/16", "1/8 triplet", "1/16 dotted", "1/8", "1/4 triplet", "1/8 dotted", "1/4",       \
      "1/2 triplet", "1/4 dotted", "1/2", "1/2 dotted", "4 beats", "8 beats"

inline constexpr float kNoteQuarters[] = {0.125f, 1.0f / 6, 0.25f, 1.0f / 3, 0.375f, 0.5f, 2.0f / 3, 0.75f,
                                          1, 4.0f / 3, 1.5f, 2, 3, 4, 8};

// Seconds of one such length; a tempo of nothing counts as a very slow one.
inline float note_seconds(float choice, float quarters_per_minute) {
  const int last = int(std::size(kNoteQuarters)) - 1;
  const int index = choice < 0 ? 0 : choice > float(last) ? last : int(choice);
  return kNoteQuarters[index] * 60 / (quarters_per_minute > 1 ? quarters_per_minute : 1);
}

}  // namespace arietta
