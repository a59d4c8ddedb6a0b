#include "ui/views/note_grid_draw.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "song/scale.h"
#include "ui/views/grid_lines.h"
#include "ui/views/note_colors.h"
#include "ui/views/note_names.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

const GridFrame& frame() { return note_grid_state().frame; }

Tick first_visible() { return Tick(frame().first_tick); }
Tick end_visible() { return Tick(frame().last_tick()) + 1; }

// Skips notes that would only paint over a pixel already painted: what is drawn is bounded by the screen, not the song.
class Crowd {
 public:
  Crowd() { last_.fill(-1e9f); }
  bool hides(int key, float x0, float x1) {
    if (x1 - last_[size_t(key)] < 1) return true;
    last_[size_t(key)] = std::max(x1, x0 + 1);
    return false;
  }

 private:
  std::array<float, 128> last_;
};

void vertical(float x, float top, float height, Color color, float width) {
  fill({std::floor(x), top, width, height}, color);
}

}  // namespace

void draw_grid_background(App& app) {
  const GridFrame& f = frame();
  const Tokens& t = tokens();
  const Entity& song = app.document().song();
  const int scale = int(std::clamp<int64_t>(song.integer(field::song::scale), 0, kScaleCount - 1));
  const int root = int(song.integer(field::song::key_root));
  const bool easy = song.integer(field::song::easy_scale) != 0 && !is_drum_track(app.document(), app.current_track());

  fill(f.notes, t.color.surface);
  for (int key = f.highest_key(); key >= f.lowest_key(); --key) {
    const Rect row{f.notes.x, f.y_of(key), f.notes.w, f.key_height};
    if (easy && !in_scale(scale, root, key)) fill(row, t.color.grid_out_of_scale);
    else if (!easy && is_black_key(key)) fill(row, t.color.grid_black_key);
    const bool octave = key % 12 == (easy ? root : 0);
    if (octave || f.key_height >= 14)
      fill({row.x, std::floor(bottom(row)) - 1, row.w, 1}, octave ? t.color.grid_beat : t.color.grid_step);
  }
  for (const GridLine& line : grid_lines(app.time(), first_visible(), end_visible(), app.grid().step, f.pixels_per_tick)) {
    const Color color = line.kind == LineKind::kBar ? t.color.grid_bar : line.kind == LineKind::kBeat ? t.color.grid_beat : t.color.grid_step;
    vertical(f.x_of(double(line.tick)), f.notes.y, f.notes.h, color, line.kind == LineKind::kBar ? t.line : 1);
  }

  const Tick from = song.integer(field::song::loop_start), to = song.integer(field::song::loop_end);
  if (song.integer(field::song::loop_on) && to > from) {   // what the loop leaves out steps back
    const float left = std::clamp(f.x_of(double(from)), f.notes.x, right(f.notes));
    const float end = std::clamp(f.x_of(double(to)), f.notes.x, right(f.notes));
    fill({f.notes.x, f.notes.y, left - f.notes.x, f.notes.h}, t.color.background, 0, 0.55f);
    fill({end, f.notes.y, right(f.notes) - end, f.notes.h}, t.color.background, 0, 0.55f);
  }
}

void draw_ghost_notes(App& app) {
  const GridFrame& f = frame();
  NoteIndex& index = note_grid_state().notes;
  if (is_drum_track(app.document(), app.current_track())) return;   // pitches beside drums say nothing
  for (Id track : app.document().children(kSongId, Kind::track)) {
    if (track == app.current_track() || is_drum_track(app.document(), track)) continue;
    Crowd crowd;
    for (const SongNote& note : index.of(app, track).near(first_visible(), end_visible())) {
      const float x0 = f.x_of(double(note.start)), x1 = f.x_of(double(note.end));
      const float y = f.y_of(note.key);
      if (x1 < f.notes.x || y > bottom(f.notes) || y + f.key_height < f.notes.y || crowd.hides(note.key, x0, x1)) continue;
      fill({x0, y + f.key_height * 0.25f, std::max(1.f, x1 - x0 - 1), f.key_height * 0.5f}, tokens().color.ghost, x1 - x0 > 6 ? 2.f : 0);
    }
  }
}

void draw_notes(App& app) {
  const GridFrame& f = frame();
  const Tokens& t = tokens();
  const double now = app.playing() ? app.song_tick() : -1;
  const bool drums = is_drum_track(app.document(), app.current_track()), by_author = app.preferences().author_colors;
  Crowd crowd;
  for (const SongNote& note : note_grid_state().notes.of(app, app.current_track()).near(first_visible(), end_visible())) {
    const float x0 = f.x_of(double(note.start)), x1 = f.x_of(double(note.end)), y = f.y_of(note.key);
    if (x1 < f.notes.x || y > bottom(f.notes) || y + f.key_height < f.notes.y) continue;
    const bool selected = app.selection().count(note.id) != 0;
    if (!selected && crowd.hides(note.key, x0, x1)) continue;
    const Rect r{x0 + 0.5f, y + 0.5f, std::max(2.f, x1 - x0 - 1.5f), std::max(2.f, f.key_height - 2)};
    const float radius = std::min({t.radius_small + 1, r.w / 2, r.h / 3});
    const bool sounds = now >= double(note.start) && now < double(note.end);
    const Color full = by_author ? author_color(note.author) : pitch_color(note.key);
    const Color color = sounds ? full : note_fill(full, note.velocity);
    if (sounds) fill(inset(r, -4), color, radius + 4, 0.35f);
    fill(r, color, r.w < 4 ? 0 : radius);
    if (r.w >= 6) {
      // Who wrote it: a person's own notes are plain, imported ones have a fine edge, a model's a strong one.
      // What a person changed has that person's edge where colours tell authors.
      if (by_author) outline(r, note.edited ? author_color(0) : mix(color, full, 0.7f), radius, note.edited ? t.focus : 1);
      else if (note.author == 0) outline(r, mix(color, full, 0.7f), radius);
      else if (note.author == 1) outline(r, mix(full, t.color.text, 0.35f), radius);
      else outline(r, t.color.accent, radius, t.focus);
    }
    if (selected) {
      fill(r, t.color.selection, radius, 0.18f);
      outline({r.x - 1, r.y - 1, r.w + 2, r.h + 2}, t.color.selection, radius + 1, t.focus);
    }
    if (r.w >= 30 && r.h >= t.text_small + 1) {
      Rect words = inset(r, t.space_1 + 1, 0);
      const float hidden = f.notes.x + t.space_1 - words.x;   // a long note keeps its name in view
      if (hidden > 0) words.x += hidden, words.w -= hidden;
      if (words.w >= 22) write(words, drums ? drum_name(note.key) : key_name(note.key), font_small(), readable_on(color));
    }
  }
}

void draw_ruler(App& app) {
  const GridFrame& f = frame();
  const Tokens& t = tokens();
  const Entity& song = app.document().song();
  fill({f.all.x, f.ruler.y, f.all.w, f.ruler.h}, t.color.surface);
  fill({f.all.x, bottom(f.ruler) - 1, f.all.w, 1}, t.color.line);
  const Clip clip(f.ruler);
  const Tick from = song.integer(field::song::loop_start), to = song.integer(field::song::loop_end);
  if (to > from) {
    const bool on = song.integer(field::song::loop_on) != 0;
    const float x0 = f.x_of(double(from)), x1 = f.x_of(double(to));
    const Rect band{x0, f.ruler.y + t.space_1, x1 - x0, f.ruler.h - t.space_2};
    fill(band, on ? t.color.accent_soft : t.color.surface_raised, t.radius_small);
    const Color edge = on ? t.color.accent : t.color.line_strong;
    fill({band.x, band.y, 3, band.h}, edge, 2);
    fill({right(band) - 3, band.y, 3, band.h}, edge, 2);
  }
  float free_from = -1e9f;                                 // bars whose number would touch the last one go without
  for (const GridLine& line : grid_lines(app.time(), first_visible() - app.time().ticks_per_bar_at(first_visible()), end_visible(),
                                         0, f.pixels_per_tick, 14)) {
    const float x = f.x_of(double(line.tick));
    const bool bar = line.kind == LineKind::kBar;
    vertical(x, bottom(f.ruler) - (bar ? 10.f : 5.f), bar ? 10.f : 5.f, bar ? t.color.line_strong : t.color.line, 1);
    if (!bar || x < free_from) continue;
    const std::string number = std::to_string(line.bar + 1);
    const float width = text_width(number, font_small());
    write({x + 10, f.ruler.y, width + 1, f.ruler.h - 4}, number, font_small(), t.color.text_soft);
    free_from = x + width + t.space_3;
  }
}

void draw_playhead(App& app) {
  const GridFrame& f = frame();
  const Tokens& t = tokens();
  const float x = std::floor(f.x_of(app.song_tick()));
  if (x < f.notes.x - 1 || x > right(f.notes)) return;
  const float end = bottom(f.lane.h > 0 ? f.lane : f.notes);
  const Clip clip({f.notes.x - 6, f.ruler.y, f.notes.w + 6, end - f.ruler.y});
  if (app.playing() && !t.reduced_motion) {
    const float tail = std::min(40.f, x - f.notes.x);
    canvas()->AddRectFilledMultiColor({x - tail, f.notes.y}, {x, end}, ink(t.color.playhead, 0), ink(t.color.playhead, 0.13f),
                                      ink(t.color.playhead, 0.13f), ink(t.color.playhead, 0));
  }
  fill({x, f.ruler.y + 12, 2, end - f.ruler.y - 12}, t.color.playhead);
  const ImVec2 head[] = {{x - 5, f.ruler.y + 5}, {x + 7, f.ruler.y + 5}, {x + 7, f.ruler.y + 12}, {x + 1, f.ruler.y + 19}, {x - 5, f.ruler.y + 12}};
  canvas()->AddConvexPolyFilled(head, 5, ink(t.color.playhead));
}

void draw_cursor(App& app) {
  const NoteGridState& state = note_grid_state();
  if (!state.cursor_shown) return;
  const GridFrame& f = state.frame;
  const Tokens& t = tokens();
  const Cursor& cursor = app.cursor();
  const Rect cell{f.x_of(double(cursor.tick)), f.y_of(cursor.key), float(double(app.grid().step) * f.pixels_per_tick), f.key_height};
  fill(cell, t.color.focus_ring, t.radius_small, 0.16f);
  outline({cell.x - 1, cell.y - 1, cell.w + 2, cell.h + 2}, t.color.focus_ring, t.radius_small, t.focus);
}

}  // namespace arietta::ui
