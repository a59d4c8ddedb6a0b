#include "ui/views/suggestion_ghosts.h"

#include <algorithm>
#include <cmath>

#include "assist/song_melody.h"
#include "ui/views/note_colors.h"
#include "ui/views/note_names.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

void draw_replaced(App& app, const GridFrame& f) {
  const std::vector<Id>& replaced = app.proposals().place().replaced;
  if (replaced.empty()) return;
  const std::unordered_set<Id> gone(replaced.begin(), replaced.end());
  for (const SongNote& note : note_grid_state().notes.of(app, app.proposals().place().track).near(Tick(f.first_tick), Tick(f.last_tick()) + 1)) {
    if (!gone.count(note.id)) continue;
    const float x0 = f.x_of(double(note.start)), x1 = f.x_of(double(note.end));
    fill({x0 - 1, f.y_of(note.key) - 1, x1 - x0 + 2, f.key_height + 2}, tokens().color.surface, 0, 0.72f);
  }
}

void draw_ghost(App& app, const GridFrame& f, const AnswerNote& note, double now) {
  const Tokens& t = tokens();
  const float x0 = f.x_of(double(note.start)), x1 = f.x_of(double(note.start + note.length)), y = f.y_of(note.key);
  if (x1 < f.notes.x || x0 > right(f.notes) || y > bottom(f.notes) || y + f.key_height < f.notes.y) return;
  const Rect r{x0 + 0.5f, y + 0.5f, std::max(3.f, x1 - x0 - 1.5f), std::max(3.f, f.key_height - 2)};
  const float radius = std::min({t.radius_small + 1, r.w / 2, r.h / 3});
  const bool sounds = app.proposals().listening() && now >= double(note.start) && now < double(note.start + note.length);
  if (sounds) fill(inset(r, -4), pitch_color(note.key), radius + 4, 0.35f);
  fill(r, pitch_color(note.key), radius, sounds ? 0.95f : 0.38f);
  outline(r, t.color.accent, radius, t.focus);
  if (r.w >= 30 && r.h >= t.text_small + 1) write(inset(r, t.space_1 + 1, 0), key_name(note.key), font_small(), sounds ? t.color.text_on_accent : t.color.text);
}

}  // namespace

void draw_suggestion(App& app) {
  const Proposals& p = app.proposals();
  const Suggestion* one = p.suggestion();
  if (!one || p.place().track != app.current_track()) return;
  const GridFrame& f = note_grid_state().frame;
  const Tokens& t = tokens();
  const float x0 = f.x_of(double(p.place().start)), x1 = f.x_of(double(p.place().end));
  fill({x0, f.notes.y, x1 - x0, f.notes.h}, t.color.accent, 0, 0.06f);
  fill({std::floor(x0), f.notes.y, 2, f.notes.h}, t.color.accent, 0, 0.8f);
  fill({std::floor(x1) - 1, f.notes.y, 1, f.notes.h}, t.color.accent, 0, 0.4f);
  draw_replaced(app, f);
  const double now = app.playing() ? app.song_tick() : -1;
  for (const AnswerChord& chord : one->chords) {
    const float x = f.x_of(double(chord.start)), end = f.x_of(double(chord.start + chord.length));
    if (end < f.notes.x || x > right(f.notes)) continue;
    for (const int key : keys_of_chord(chord.name)) {
      const Rect r{x + 1, f.y_of(key) + f.key_height * 0.25f, std::max(2.f, end - x - 2), f.key_height * 0.5f};
      if (r.y > f.notes.y - f.key_height && r.y < bottom(f.notes)) fill(r, t.color.accent, 2, 0.22f);
    }
    const Rect label{std::max(x, f.notes.x) + t.space_1, f.notes.y + t.space_1, text_width(chord.name, font_small()) + t.space_2, 20};
    if (label.w > end - x) continue;
    fill(label, t.color.surface_raised, t.radius_small);
    write(label, chord.name, font_small(), t.color.text, Align::kCentre);
  }
  for (const AnswerNote& note : one->notes) draw_ghost(app, f, note, now);
}

void bring_suggestion_into_view(App& app, const GridFrame& frame) {
  static uint64_t shown = 0;
  const Proposals& p = app.proposals();
  if (p.serial() == shown) return;
  shown = p.serial();
  const Suggestion* one = p.suggestion();
  if (!one || p.place().track != app.current_track() || frame.notes.w <= 0) return;
  GridView& view = app.grid();
  const double bar = double(app.time().ticks_per_bar_at(p.place().start));
  const double start = double(p.place().start), end = double(p.place().end);
  if (start < frame.first_tick || end > frame.last_tick()) {      // with a bar before it, all of it if that is not too small
    constexpr double kSmallest = 22;
    view.first_tick = std::max(0.0, start - bar);
    const double fits = double(frame.notes.w) / ((end - view.first_tick) / double(kTicksPerQuarter)) * 0.98;
    view.pixels_per_quarter = std::min(view.pixels_per_quarter, std::max(fits, kSmallest));
  }
  if (one->notes.empty()) return;
  int low = 127, high = 0;
  for (const AnswerNote& note : one->notes) low = std::min(low, note.key), high = std::max(high, note.key);
  if (high < frame.highest_key() && low > frame.lowest_key()) return;
  constexpr float kLowestRow = 14;
  view.key_height = std::min(view.key_height, std::max(kLowestRow, frame.notes.h / float(high - low + 3)));
  view.top_key = float(low + high + 1) / 2 + frame.notes.h / view.key_height / 2;
}

}  // namespace arietta::ui
