// The piano at the left edge of the note grid: which row is which key; a press plays it.
#include "ui/views/note_colors.h"
#include "ui/views/note_grid_draw.h"
#include "ui/views/note_names.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

void draw_drum_row(const Rect& row, int key, bool lit) {
  const Tokens& t = tokens();
  fill(row, lit ? pitch_color(key) : t.color.surface);
  fill({row.x, bottom(row) - 1, row.w, 1}, t.color.line);
  if (row.h >= t.text_small) write(inset(row, t.space_1, 0), drum_name(key), font_small(), lit ? readable_on(pitch_color(key)) : t.color.text_soft);
}

void draw_piano_row(const Rect& row, int key, bool lit) {
  const Tokens& t = tokens();
  const Color white = lit && !is_black_key(key) ? pitch_color(key) : t.color.key_white;
  fill(row, white);
  if (is_black_key(key)) {
    // The white keys on both sides meet in the middle of a black one.
    fill({row.x, row.y + row.h / 2, row.w, 1}, t.color.line_strong, 0, 0.35f);
    const Rect black{row.x, row.y, row.w * 0.6f, row.h};
    canvas()->AddRectFilled({black.x, black.y}, {right(black), bottom(black)}, ink(lit ? pitch_color(key) : t.color.key_black),
                            3, ImDrawFlags_RoundCornersRight);
    return;
  }
  if (key % 12 == 0 || key % 12 == 5) fill({row.x, bottom(row) - 1, row.w, 1}, t.color.line_strong, 0, 0.6f);
  const bool labelled = key % 12 == 0 || row.h >= 22;
  if (labelled && row.h >= t.text_small - 2) {
    Rect words = inset(row, t.space_1 + 1, 0);
    write(words, key_name(key), font_small(), lit ? readable_on(white) : t.color.key_black, Align::kRight);
  }
}

}  // namespace

void draw_grid_keys(App& app, const KeySet& sounding) {
  const GridFrame& f = note_grid_state().frame;
  const Clip clip(f.keys);
  const bool drums = is_drum_track(app.document(), app.current_track());
  for (int key = f.highest_key(); key >= f.lowest_key(); --key) {
    const Rect row{f.keys.x, f.y_of(key), f.keys.w, f.key_height};
    if (drums) draw_drum_row(row, key, sounding.test(size_t(key)));
    else draw_piano_row(row, key, sounding.test(size_t(key)));
  }
  fill({right(f.keys) - 1, f.keys.y, 1, f.keys.h}, tokens().color.line);
}

}  // namespace arietta::ui
