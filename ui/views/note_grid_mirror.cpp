// At most seven rows of sixteen cells: a song has thousands of notes, a page slows down beyond a few hundred nodes. The
// window moves in pages, so that a step of the cursor changes two cells and not all of them.
#include "ui/views/note_grid_mirror.h"

#include <algorithm>

#include "ui/i18n/text.h"
#include "ui/views/note_grid.h"
#include "ui/views/note_grid_state.h"
#include "ui/views/note_names.h"

namespace arietta::ui {
namespace {

constexpr int kRows = 7, kColumns = 16;

struct Window {
  int top_key = 0;
  std::vector<Tick> columns;            // where each begins, and the end of the last
};

Window window_around(App& app) {
  static int top_key = 0;               // kept while the cursor is inside
  const Cursor& cursor = app.cursor();
  if (cursor.key > top_key || cursor.key <= top_key - kRows) top_key = cursor.key + kRows / 2;
  top_key = std::clamp(top_key, kRows - 1, 127);

  Window window{top_key, {}};
  const TimeMap& time = app.time();
  const Tick step = std::max<Tick>(1, app.grid().step);
  const Tick bar = time.tick_of_bar(time.bar_at(cursor.tick).bar);
  Tick at = bar + (cursor.tick - bar) / (step * kColumns) * (step * kColumns);
  for (int i = 0; i <= kColumns; ++i) {
    window.columns.push_back(at);
    at = std::min(at + step, time.tick_of_bar(time.bar_at(at).bar + 1));
  }
  return window;
}

// The note of this row that begins in the cell, or failing that sounds at its start.
const SongNote* note_in(span<const SongNote> notes, int key, Tick from, Tick to) {
  const SongNote* found = nullptr;
  for (const SongNote& note : notes) {
    if (note.key != key || note.end <= from || note.start >= to) continue;
    found = &note;
    if (note.start >= from) break;
  }
  return found;
}

void cell(App& app, int key, Tick from, Tick to, Tick step, const SongNote* note) {
  const GridFrame& frame = note_grid_state().frame;
  Cursor& cursor = app.cursor();
  Item item;
  item.role = Role::kGridCell;
  item.key = std::to_string(key) + ":" + std::to_string(from);
  item.name = note ? app.describe_note(note->id) : tr(Text::kSaidEmptyPlace, key_name(key), app.describe_place(from));
  item.rect = {frame.x_of(double(from)), frame.y_of(key), float(double(to - from) * frame.pixels_per_tick), frame.key_height};
  item.row = 127 - key;
  item.column = int(from / step);
  item.selected = note && app.selection().count(note->id) ? 1 : 0;
  const bool is_cursor = cursor.key == key && cursor.tick >= from && cursor.tick < to;
  const ItemId id = app.mirror().id_of(item.key);
  const bool focused = app.mirror().has_focus(id);
  const Act act = app.mirror().add(std::move(item));
  NoteGridState& state = note_grid_state();
  if (act.kind == ActKind::kFocus || act.kind == ActKind::kPress) {
    if (!is_cursor) cursor = {from, key};
    state.cursor_shown = true;
    state.mirror_has_focus = true;
    if (act.kind == ActKind::kPress) grid_cursor_toggle(app);
    return;
  }
  if (act.kind == ActKind::kBlur) state.mirror_has_focus = false;
  // A key moved the cursor while the mirror has the focus: the focus goes along.
  if (is_cursor && state.mirror_has_focus && !focused) app.mirror().focus(id);
}

}  // namespace

void mirror_note_grid(App& app) {
  NoteGridState& state = note_grid_state();
  const GridFrame& frame = state.frame;
  const Window window = window_around(app);
  const Tick step = std::max<Tick>(1, app.grid().step), first = window.columns.front(), end = window.columns.back();
  Item grid;
  grid.role = Role::kGrid;
  grid.name = tr(Text::kNotes);
  grid.rect = frame.notes;
  grid.help = tr(Text::kNotesHelp);
  const ItemId grid_id = app.mirror().open(std::move(grid));
  const Act act = app.mirror().take_act(grid_id);
  if (act.kind == ActKind::kFocus) state.cursor_shown = state.mirror_has_focus = true;
  const span<const SongNote> notes = state.notes.of(app, app.current_track()).near(first, end);
  // What a cell asks for can change the song, and with it the notes: so they are looked up before, asked for after.
  struct Place { int key; Tick from, to; std::optional<SongNote> note; };
  std::vector<Place> places;
  for (int key = window.top_key; key > window.top_key - kRows; --key)
    for (int i = 0; i < kColumns; ++i) {
      const Tick from = window.columns[size_t(i)], to = window.columns[size_t(i) + 1];
      const SongNote* note = note_in(notes, key, from, to);
      places.push_back({key, from, to, note ? std::optional<SongNote>(*note) : std::nullopt});
    }
  for (size_t i = 0; i < places.size(); i += kColumns) {
    const int key = places[i].key;
    Item row;
    row.role = Role::kRow;
    row.name = std::string(is_drum_track(app.document(), app.current_track()) ? drum_name(key) : key_name(key));
    row.key = std::to_string(key);
    row.rect = {frame.notes.x, frame.y_of(key), frame.notes.w, frame.key_height};
    row.row = 127 - key;
    app.mirror().open(std::move(row));
    for (size_t c = i; c < i + kColumns; ++c) {
      const Place& place = places[c];
      const SongNote* note = place.note && app.document().find(place.note->id)->alive() ? &*place.note : nullptr;
      cell(app, place.key, place.from, place.to, step, note);
    }
    app.mirror().close();
  }
  app.mirror().close();
}

}  // namespace arietta::ui
