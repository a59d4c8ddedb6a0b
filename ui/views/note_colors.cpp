#include "ui/views/note_colors.h"

namespace arietta::ui {

Color mix(Color from, Color to, float part) {
  Color mixed = 0xff;
  for (int shift = 8; shift <= 24; shift += 8) {
    const float a = float(from >> shift & 0xff), b = float(to >> shift & 0xff);
    mixed |= Color(a + (b - a) * part + 0.5f) << shift;
  }
  return mixed;
}

Color author_color(int author) {
  const Palette& c = tokens().color;
  constexpr int kPerson = 1, kFirstModel = 0;                // far apart on the wheel, see paint_pitches()
  if (author == 1) return c.line_strong;
  return author == 0 ? c.track[kPerson] : c.track[(author - 2 + kFirstModel) * 2 % 8];
}

}  // namespace arietta::ui
