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

}  // namespace arietta::ui
