// The colour of a track: the one it was given, else by its place in the list.   [main]
#pragma once
#include "song/document.h"
#include "ui/theme/tokens.h"

namespace arietta::ui {

inline Color track_color(const Document& document, Id track, int index) {
  const Entity* entity = document.find(track);
  const int64_t given = entity ? entity->integer(field::track::color) : -1;
  return tokens().color.track[size_t(given >= 0 ? given : index) % 8];
}

}  // namespace arietta::ui
