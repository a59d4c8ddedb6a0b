// The lane below the notes: one bar a note, as high as the note is loud; a drag over the bars sets them.
#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/views/note_colors.h"
#include "ui/views/note_grid_draw.h"
#include "ui/views/note_grid_gesture.h"
#include "ui/views/preview.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kGrab = 7;             // how near a bar a press must be to mean it

}  // namespace

void draw_velocity_lane(App& app) {
  const GridFrame& f = note_grid_state().frame;
  const Tokens& t = tokens();
  if (f.lane.h <= 0) return;
  const Rect whole{f.all.x, f.lane.y, f.all.w, f.lane.h};
  fill(whole, t.color.surface);
  fill(f.lane, t.color.surface_sunken);
  fill({whole.x, whole.y, whole.w, 1}, t.color.line);
  const Rect label{f.all.x, f.lane.y, f.keys.w, f.lane.h};
  if (text_width(tr(Text::kLoudness), font_small()) <= label.w) write(label, tr(Text::kLoudness), font_small(), t.color.text_soft, Align::kCentre);
  else draw_icon(label, kIconVolume2, t.color.text_soft);
  const Clip clip(f.lane);
  fill({f.lane.x, f.lane.y + f.lane.h / 2, f.lane.w, 1}, t.color.grid_step);
  for (const SongNote& note : note_grid_state().notes.of(app, app.current_track()).near(Tick(f.first_tick) - kTicksPerQuarter, Tick(f.last_tick()) + 1)) {
    const float x = std::floor(f.x_of(double(note.start)));
    const float tall = float(note.velocity) / 127 * (f.lane.h - t.space_2);
    const bool selected = app.selection().count(note.id) != 0;
    const Color color = selected ? t.color.selection : pitch_color(note.key);
    fill({x + 1, bottom(f.lane) - tall, 3, tall}, color, 1.5f, selected ? 1 : 0.75f);
    canvas()->AddCircleFilled({x + 2.5f, bottom(f.lane) - tall}, 4.5f, ink(color));
  }
}

void begin_velocity(App& app, float x, float y) {
  app.begin_gesture(tr(Text::kEditLoudness));
  GridDrag& drag = start_drag(app, GridAction::kVelocity, x, y);
  // A drag that begins on a selected note's bar changes the selection alone.
  const GridFrame& frame = note_grid_state().frame;
  for (const SongNote& note : note_grid_state().notes.of(app, app.current_track())
                                  .near(Tick(frame.tick_at(x - kGrab)), Tick(frame.tick_at(x + kGrab)) + 1))
    if (app.selection().count(note.id) && std::fabs(frame.x_of(double(note.start)) - x) <= kGrab) drag.box_base = app.selection();
  paint_velocity(app, drag, x, y);
}

void paint_velocity(App& app, GridDrag& drag, float x, float y) {
  constexpr float kReach = 5;
  const NoteGridState& state = note_grid_state();
  const Rect& lane = state.frame.lane;
  const float left = std::min(x, drag.last_x) - kReach, end = std::max(x, drag.last_x) + kReach;
  const bool only_selected = !drag.box_base.empty();
  Ops ops;
  int heard = -1, loudness = 0;
  for (const SongNote& note : note_grid_state().notes.of(app, app.current_track())
                                  .near(Tick(state.frame.tick_at(left)), Tick(state.frame.tick_at(end)) + 1)) {
    const float at = state.frame.x_of(double(note.start));
    if (at < left || at > end || (only_selected && !drag.box_base.count(note.id))) continue;
    // On the straight line the pointer went along since last frame.
    const float across = x - drag.last_x;
    const float part = across == 0 ? 1 : std::clamp((at - drag.last_x) / across, 0.f, 1.f);
    const float level = 1 - (drag.last_y + (y - drag.last_y) * part - lane.y) / std::max(1.f, lane.h);
    const Note before = read_note(app.document(), note.id);
    Note after = before;
    after.velocity = std::clamp(int(std::lround(level * 127)), 1, 127);
    after.edited = after.author != 0;
    if (after.velocity == before.velocity) continue;
    set_note(ops, before, after);
    heard = note.key, loudness = after.velocity;
  }
  if (ops.empty()) return;
  app.edit(ops, tr(Text::kEditLoudness));
  if (heard >= 0) hear(app, heard, loudness);
}

}  // namespace arietta::ui
