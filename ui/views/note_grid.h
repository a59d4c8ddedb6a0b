// The note grid: the notes of the chosen track over time, to see, hear and change. Mouse, fingers, keys and the mirror
// all end in the same few calls on App.   All [main].
//
//   note_grid.cpp          lays out the parts, draws them in order
//   note_grid_draw.cpp     background, notes, ghosts of other tracks, ruler, playhead
//   suggestion_ghosts.cpp  what the melody model suggests, before it is there
//   note_grid_input.cpp    mouse and fingers -> gestures;  note_grid_gesture.cpp: what each gesture does to the song
//   note_grid_keys.cpp     what the keyboard does
//   note_grid_mirror.cpp   grid, rows and cells for screen readers
//   note_grid_tools.cpp    Draw, Select, Snap, copy, zoom;  grid_keys.cpp: the piano at the left edge
//   velocity_lane.cpp      how loud each note is, drawn and dragged
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_note_grid(App& app, Rect area);

// What keys do; the cursor comes into view and speaks.
void grid_cursor_move(App& app, int steps, int keys);
void grid_cursor_jump(App& app, int bars, int octaves);
void grid_cursor_toggle(App& app);                       // adds a note, or removes the one there
void grid_note_change(App& app, int steps, int keys);    // longer or shorter, higher or lower: selection, else at the cursor
void grid_select_at_cursor(App& app);
bool grid_cancel(App& app);                              // Escape: ends a drag and takes it back, else clears the selection

// The view as a whole.
void grid_zoom(App& app, double factor);                 // around the cursor or the middle
void grid_forget();                                      // tools, drags and caches as at the start (tests, another song)

}  // namespace arietta::ui
