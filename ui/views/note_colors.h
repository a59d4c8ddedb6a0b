// The colour of a note: hue by pitch class, strength by how hard it is played.   [main]
#pragma once
#include "ui/theme/tokens.h"

namespace arietta::ui {

// Part of the way from one colour to the other, opaque; 0 is `from`.                      [any]
Color mix(Color from, Color to, float part);

inline Color pitch_color(int key) { return tokens().color.pitch[key % 12]; }
// Of who wrote it: the person, an import, models by number.
Color author_color(int author);
// Quiet notes sink into the background, loud ones have their full colour.
inline Color note_fill(Color full, int velocity) { return mix(tokens().color.surface, full, 0.35f + 0.65f * float(velocity) / 127); }
// Whichever of the theme's two text colours reads better on it.
inline Color readable_on(Color fill) {
  const Palette& c = tokens().color;
  return contrast(c.text_on_accent, fill) >= contrast(c.text, fill) ? c.text_on_accent : c.text;
}

}  // namespace arietta::ui
