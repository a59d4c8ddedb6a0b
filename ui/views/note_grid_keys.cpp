// What the keyboard does in the note grid. Everything the mouse can do to a note has a key.
#include <algorithm>

#include "ui/i18n/text.h"
#include "ui/views/note_grid.h"
#include "ui/views/note_grid_gesture.h"
#include "ui/views/preview.h"

namespace arietta::ui {
namespace {

constexpr int kSoft = 60;               // how loud an empty place sounds

void show_cursor(App& app) {
  NoteGridState& state = note_grid_state();
  const GridFrame& frame = state.frame;
  const Cursor& cursor = app.cursor();
  GridView& view = app.grid();
  state.cursor_shown = true;
  const double margin = double(view.step) * 2;
  const double visible = frame.last_tick() - frame.first_tick;
  if (double(cursor.tick) < view.first_tick) view.first_tick = double(cursor.tick) - margin;
  else if (double(cursor.tick) + margin > view.first_tick + visible) view.first_tick = double(cursor.tick) + margin - visible;
  if (float(cursor.key) > view.top_key - 1) view.top_key = float(cursor.key) + 1;
  else if (float(cursor.key) < view.top_key - frame.keys_visible() + 2) view.top_key = float(cursor.key) + frame.keys_visible() - 2;
  clamp_view(view, frame);
  app.touch_screen();
}

void arrive(App& app, bool sound) {
  show_cursor(app);
  app.mirror().say(app.describe_cursor());
  const Id note = app.note_at(app.cursor().tick, app.cursor().key);
  if (note) hear(app, app.cursor().key, read_note(app.document(), note).velocity);
  else if (sound) hear(app, app.cursor().key, kSoft);
}

// Counts steps inside each bar, so that the cursor stands on every bar line whatever the meter.
Tick walk(const TimeMap& time, Tick tick, Tick step, int steps) {
  for (; steps > 0; --steps) {
    const Tick below = snap_down(time, step, double(tick));
    tick = std::min(below + step, time.tick_of_bar(time.bar_at(below).bar + 1));
  }
  for (; steps < 0 && tick > 0; ++steps) tick = snap_down(time, step, double(tick - 1));
  return tick;
}

}  // namespace

void grid_cursor_move(App& app, int steps, int keys) {
  Cursor& cursor = app.cursor();
  cursor.tick = walk(app.time(), cursor.tick, app.grid().step, steps);
  cursor.key = std::clamp(cursor.key + keys, 0, 127);
  arrive(app, keys != 0);
}

void grid_cursor_jump(App& app, int bars, int octaves) {
  Cursor& cursor = app.cursor();
  if (bars != 0) {
    const BarBeat at = app.time().bar_at(cursor.tick);
    const bool inside_bar = at.beat != 0 || at.rest != 0;
    cursor.tick = app.time().tick_of_bar(std::max<int64_t>(0, at.bar + bars + (bars < 0 && inside_bar ? 1 : 0)));
  }
  cursor.key = std::clamp(cursor.key + 12 * octaves, cursor.key % 12, 120 + cursor.key % 12 > 127 ? 108 + cursor.key % 12 : 120 + cursor.key % 12);
  arrive(app, octaves != 0);
}

void grid_cursor_toggle(App& app) {
  show_cursor(app);
  app.toggle_note_at_cursor();
  const Id note = app.note_at(app.cursor().tick, app.cursor().key);
  if (!note) return;
  app.select({note});
  hear(app, read_note(app.document(), note).key, read_note(app.document(), note).velocity);
}

void grid_note_change(App& app, int steps, int keys) {
  Cursor& cursor = app.cursor();
  const Id under = app.note_at(cursor.tick, cursor.key);
  if (under && !app.selection().count(under)) app.select({under});
  if (app.selection().empty()) return app.mirror().say(app.describe_cursor());
  if (steps != 0) app.stretch_selection(steps * app.grid().step);
  if (keys != 0) {
    app.move_selection(0, keys);
    if (under) cursor.key = std::clamp(cursor.key + keys, 0, 127);   // the cursor stays on its note
  }
  show_cursor(app);
  const Id now = app.note_at(cursor.tick, cursor.key);
  if (now) hear(app, cursor.key, read_note(app.document(), now).velocity);
  app.mirror().say(app.describe_cursor());
}

void grid_select_at_cursor(App& app) {
  const Id note = app.note_at(app.cursor().tick, app.cursor().key);
  if (note) click_select(app, note, true);
  show_cursor(app);
  app.mirror().say(tr(Text::kSaidSelected, std::to_string(app.selection().size())));
}

bool grid_cancel(App& app) {
  if (note_grid_state().drag.action != GridAction::kNone) {
    cancel_drag(app);
    return true;
  }
  if (app.selection().empty()) return false;
  app.select({});
  return true;
}

void grid_zoom(App& app, double factor) {
  NoteGridState& state = note_grid_state();
  const GridFrame& frame = state.frame;
  const float cursor_x = frame.x_of(double(app.cursor().tick));
  const bool around_cursor = state.cursor_shown && cursor_x >= frame.notes.x && cursor_x < right(frame.notes);
  zoom_time(app.grid(), frame, around_cursor ? cursor_x : frame.notes.x + frame.notes.w / 2, factor);
  app.touch_screen();
}

}  // namespace arietta::ui
