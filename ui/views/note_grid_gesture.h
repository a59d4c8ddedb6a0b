// What a drag in the note grid does to the song, told apart from where the pointer comes from. Points are units on the
// screen. Between begin and end everything is one undo step.   [main]
#pragma once
#include "ui/views/note_grid_state.h"

namespace arietta::ui {

enum class NotePart : uint8_t { kNone, kStart, kBody, kEnd };
struct NoteHit {
  SongNote note{};
  NotePart part = NotePart::kNone;
  explicit operator bool() const { return part != NotePart::kNone; }
};

// The note of the chosen track under the point; with `reach` > 0 the nearest one within that distance (fingers).
NoteHit hit_note(App& app, float x, float y, float reach = 0);

void begin_add(App& app, float x, float y, bool free);           // a new note that grows with the drag
void begin_move(App& app, const SongNote& note, float x, float y);
void begin_stretch(App& app, const SongNote& note, bool from_start, float x, float y);
void begin_box(App& app, float x, float y, bool keep);           // keep: adds to the selection
void begin_erase(App& app, float x, float y);
void begin_velocity(App& app, float x, float y);
void begin_ruler(App& app, float x, float y, bool free);         // a click seeks, a drag sets the loop
GridDrag& start_drag(App& app, GridAction action, float x, float y);   // what all of them begin with
void paint_velocity(App& app, GridDrag& drag, float x, float y);        // velocity_lane.cpp
void drag_to(App& app, float x, float y, bool free);             // free: no snapping
void end_drag(App& app);
void cancel_drag(App& app);                                      // as if it never began

void remove_note(App& app, Id note);
// Selects the note alone unless it is selected already; with `toggle` adds it or takes it out.
void click_select(App& app, Id note, bool toggle);

}  // namespace arietta::ui
