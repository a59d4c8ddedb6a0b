#include "ui/views/note_grid_gesture.h"

#include <algorithm>
#include <cmath>

#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/views/preview.h"

namespace arietta::ui {
namespace {

constexpr float kEdge = 7;             // how near a note's end a press must be to stretch it
constexpr float kMinStretchWidth = 18; // shorter notes are all body on the screen
constexpr float kTremble = 4;

// The notes a stretch began with, so that a drag to and fro gives back what it took.
std::vector<Note>& originals() {
  static std::vector<Note> notes;
  return notes;
}

void move_notes(App& app, GridDrag& drag, float x, float y, bool free) {
  const GridFrame& frame = note_grid_state().frame;
  const double start = double(drag.note.start) + frame.tick_at(x) - frame.tick_at(drag.start_x);
  Tick by = snap_near(app.time(), grid_step(app, free), start) - drag.note.start;
  if (std::fabs(x - drag.start_x) <= kTremble) by = 0;     // a change of pitch alone keeps an unsnapped start
  by = std::max(by, -drag.earliest);
  const int keys = std::clamp(frame.key_at(y) - frame.key_at(drag.start_y), -drag.lowest_key, 127 - drag.highest_key);
  if (by == drag.moved_by && keys == drag.moved_keys) return;
  app.move_selection(by - drag.moved_by, keys - drag.moved_keys);
  if (keys != drag.moved_keys) hear(app, drag.note.key + keys, drag.note.velocity);
  drag.moved_by = by;
  drag.moved_keys = keys;
}

void stretch_notes(App& app, GridDrag& drag, float x, bool free) {
  const bool from_start = drag.action == GridAction::kStretchStart;
  const Tick step = grid_step(app, free), edge = from_start ? drag.note.start : drag.note.end;
  const double wanted = note_grid_state().frame.tick_at(x);
  Tick by = snap_near(app.time(), step, wanted) - edge;
  if (from_start) by = std::min(by, drag.note.end - drag.note.start - 1);
  else by = std::max(by, std::min<Tick>(step, drag.note.end - drag.note.start) + drag.note.start - edge);
  if (by == drag.moved_by) return;
  drag.moved_by = by;
  Ops ops;
  for (const Note& before : originals()) {
    Note after = before;
    if (from_start) {
      const Tick shift = std::clamp(by, -before.start, before.length - 1);
      after.start += shift;
      after.length -= shift;
    } else {
      after.length = std::max<Tick>(1, before.length + by);
    }
    after.edited = after.author != 0;
    set_note(ops, read_note(app.document(), before.id), after);
    grow_clip_to(app.document(), ops, before.clip, after.start + after.length);
  }
  app.edit(ops, tr(drag.action == GridAction::kAdd ? Text::kEditAddNote : Text::kEditStretchNotes));
}

void select_box(App& app, GridDrag& drag, float x, float y) {
  const GridFrame& frame = note_grid_state().frame;
  drag.box = {std::min(x, drag.start_x), std::min(y, drag.start_y), std::fabs(x - drag.start_x), std::fabs(y - drag.start_y)};
  const Tick from = Tick(frame.tick_at(drag.box.x)), to = Tick(frame.tick_at(right(drag.box)));
  const int high = frame.key_at(drag.box.y), low = frame.key_at(bottom(drag.box));
  std::unordered_set<Id> chosen = drag.box_base;
  for (const SongNote& note : note_grid_state().notes.of(app, app.current_track()).near(from, to))
    if (note.end > from && note.key >= low && note.key <= high) chosen.insert(note.id);
  if (chosen != app.selection()) app.select(std::move(chosen));
}

void erase_under(App& app, GridDrag& drag, float x, float y) {
  // Walks the line, so that a fast stroke misses nothing.
  const int stops = std::max(1, int(std::max(std::fabs(x - drag.last_x), std::fabs(y - drag.last_y)) / 6));
  for (int i = 1; i <= stops; ++i) {
    const float part = float(i) / float(stops);
    if (const NoteHit hit = hit_note(app, drag.last_x + (x - drag.last_x) * part, drag.last_y + (y - drag.last_y) * part))
      remove_note(app, hit.note.id);
  }
}

void set_loop_range(App& app, Tick from, Tick to) {
  Ops ops;
  set_field(ops, kSongId, Kind::song, field::song::loop_start, std::min(from, to));
  set_field(ops, kSongId, Kind::song, field::song::loop_end, std::max(from, to));
  set_field(ops, kSongId, Kind::song, field::song::loop_on, int64_t(1));
  app.edit(ops, tr(Text::kEditLoopRange));
}

bool changes_song(GridAction action) {
  switch (action) {
    case GridAction::kAdd: case GridAction::kMove: case GridAction::kStretchEnd: case GridAction::kStretchStart:
    case GridAction::kErase: case GridAction::kVelocity: case GridAction::kLoop: return true;
    default: return false;
  }
}

// Dragging past an edge of the notes brings more of the song into view.
void scroll_at_edges(App& app, float x, float y) {
  constexpr float kSpeed = 0.12f;
  const GridFrame& frame = note_grid_state().frame;
  const float over_x = x < frame.notes.x ? x - frame.notes.x : std::max(0.f, x - right(frame.notes));
  const float over_y = y < frame.notes.y ? y - frame.notes.y : std::max(0.f, y - bottom(frame.notes));
  if (over_x == 0 && over_y == 0) return;
  app.grid().first_tick += double(over_x * kSpeed) / frame.pixels_per_tick;
  app.grid().top_key -= over_y * kSpeed / frame.key_height;
  clamp_view(app.grid(), frame);
  app.touch_screen();
}

}  // namespace

GridDrag& start_drag(App& app, GridAction action, float x, float y) {
  GridDrag& drag = note_grid_state().drag;
  drag = {};
  drag.action = action;
  drag.start_x = drag.last_x = x;
  drag.start_y = drag.last_y = y;
  drag.start_ms = platform::now_ms();
  drag.revision = app.document().revision();
  return drag;
}

NoteHit hit_note(App& app, float x, float y, float reach) {
  NoteGridState& state = note_grid_state();
  const GridFrame& frame = state.frame;
  const TrackNotes& notes = state.notes.of(app, app.current_track());
  NoteHit best;
  float best_distance = reach;
  for (const SongNote& note : notes.near(Tick(frame.tick_at(x - reach)), Tick(frame.tick_at(x + reach)) + 1)) {
    const float left = frame.x_of(double(note.start)), end = std::max(left + 3, frame.x_of(double(note.end)));
    const float top = frame.y_of(note.key);
    const float dx = std::max({left - x, x - end, 0.f}), dy = std::max({top - y, y - top - frame.key_height, 0.f});
    const float distance = std::max(dx, dy);
    if (distance > best_distance || (reach == 0 && distance > 0)) continue;
    best_distance = distance;            // later ones lie on top
    best.note = note;
    const bool wide = end - left >= kMinStretchWidth;
    best.part = wide && x > end - kEdge ? NotePart::kEnd : wide && x < left + kEdge ? NotePart::kStart : NotePart::kBody;
  }
  return best;
}

void begin_add(App& app, float x, float y, bool free) {
  NoteGridState& state = note_grid_state();
  const Tick tick = snap_down(app.time(), grid_step(app, free), state.frame.tick_at(x));
  app.begin_gesture(tr(Text::kEditAddNote));
  GridDrag& drag = start_drag(app, GridAction::kAdd, x, y);
  const Id id = app.add_note_at(tick, state.frame.key_at(y), app.grid().step);
  if (!id) {
    app.end_gesture();
    drag = {};
    return;
  }
  app.select({id});
  state.last_added = id;
  const Note note = read_note(app.document(), id);
  const Tick start = read_clip(app.document(), note.clip).start + note.start;
  drag.note = {id, start, start + note.length, int16_t(note.key), uint8_t(note.velocity), 0, false};
  originals() = {note};
  app.cursor() = {start, note.key};
  hear(app, note.key, note.velocity);
}

void begin_move(App& app, const SongNote& note, float x, float y) {
  app.begin_gesture(tr(Text::kEditMoveNotes));
  GridDrag& drag = start_drag(app, GridAction::kMove, x, y);
  drag.note = note;
  drag.earliest = note.start;
  drag.lowest_key = drag.highest_key = note.key;
  for (const SongNote& other : note_grid_state().notes.of(app, app.current_track()).notes) {
    if (!app.selection().count(other.id)) continue;
    drag.earliest = std::min(drag.earliest, other.start);
    drag.lowest_key = std::min(drag.lowest_key, int(other.key));
    drag.highest_key = std::max(drag.highest_key, int(other.key));
  }
}

void begin_stretch(App& app, const SongNote& note, bool from_start, float x, float y) {
  app.begin_gesture(tr(Text::kEditStretchNotes));
  start_drag(app, from_start ? GridAction::kStretchStart : GridAction::kStretchEnd, x, y).note = note;
  originals().clear();
  for (Id id : app.selection()) originals().push_back(read_note(app.document(), id));
}

void begin_box(App& app, float x, float y, bool keep) {
  GridDrag& drag = start_drag(app, GridAction::kBox, x, y);
  if (keep) drag.box_base = app.selection();
  else if (!app.selection().empty()) app.select({});
}

void begin_erase(App& app, float x, float y) {
  app.begin_gesture(tr(Text::kEditDeleteNotes));
  erase_under(app, start_drag(app, GridAction::kErase, x, y), x, y);
}

void begin_ruler(App& app, float x, float y, bool free) {
  start_drag(app, GridAction::kSeek, x, y).loop_from = snap_near(app.time(), grid_step(app, free), note_grid_state().frame.tick_at(x));
}

void drag_to(App& app, float x, float y, bool free) {
  NoteGridState& state = note_grid_state();
  GridDrag& drag = state.drag;
  if (!drag.moved && std::hypot(x - drag.start_x, y - drag.start_y) > kTremble) drag.moved = true;
  if (drag.moved) {
    if (drag.action == GridAction::kAdd || drag.action == GridAction::kMove || drag.action == GridAction::kBox) scroll_at_edges(app, x, y);
    switch (drag.action) {
      case GridAction::kMove: move_notes(app, drag, x, y, free); break;
      case GridAction::kAdd: case GridAction::kStretchEnd: case GridAction::kStretchStart: stretch_notes(app, drag, x, free); break;
      case GridAction::kBox: select_box(app, drag, x, y); break;
      case GridAction::kErase: erase_under(app, drag, x, y); break;
      case GridAction::kVelocity: paint_velocity(app, drag, x, y); break;
      case GridAction::kScroll: {
        GridView& view = app.grid();
        view.first_tick -= double(x - drag.last_x) / state.frame.pixels_per_tick;
        view.top_key += (y - drag.last_y) / state.frame.key_height;
        clamp_view(view, state.frame);
        break;
      }
      case GridAction::kSeek:
        app.begin_gesture(tr(Text::kEditLoopRange));
        drag.action = GridAction::kLoop;
        [[fallthrough]];
      case GridAction::kLoop: {
        const Tick to = snap_near(app.time(), grid_step(app, free), state.frame.tick_at(x));
        if (to != drag.loop_from) set_loop_range(app, drag.loop_from, to);
        break;
      }
      default: break;
    }
  }
  drag.last_x = x;
  drag.last_y = y;
}

void end_drag(App& app) {
  GridDrag& drag = note_grid_state().drag;
  if (drag.action == GridAction::kSeek) app.seek(drag.loop_from);
  if (changes_song(drag.action)) app.end_gesture();
  drag = {};
}

void cancel_drag(App& app) {
  GridDrag& drag = note_grid_state().drag;
  if (drag.action == GridAction::kBox) app.select(drag.box_base);
  if (changes_song(drag.action)) {
    app.end_gesture();
    if (app.document().revision() != drag.revision) app.undo();
  }
  drag = {};
}

void remove_note(App& app, Id note) {
  Ops ops;
  remove(ops, note, Kind::note);
  app.edit(ops, tr(Text::kEditDeleteNotes));
  if (app.selection().count(note)) {
    std::unordered_set<Id> rest = app.selection();
    rest.erase(note);
    app.select(std::move(rest));
  }
}

void click_select(App& app, Id note, bool toggle) {
  if (!toggle) {
    if (!app.selection().count(note)) app.select({note});
    return;
  }
  std::unordered_set<Id> chosen = app.selection();
  if (!chosen.erase(note)) chosen.insert(note);
  app.select(std::move(chosen));
}

}  // namespace arietta::ui
