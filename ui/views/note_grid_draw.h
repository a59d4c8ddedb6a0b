// The layers of the note grid, drawn back to front.   [main]
#pragma once
#include "ui/views/note_grid_state.h"
#include "ui/views/sounding.h"

namespace arietta::ui {

void draw_grid_background(App& app);                     // rows by key and scale, lines by bar and beat, the loop
void draw_ghost_notes(App& app);                         // of the other tracks
void draw_notes(App& app);
void draw_grid_keys(App& app, const KeySet& sounding);   // the piano at the left edge
void draw_ruler(App& app);
void draw_velocity_lane(App& app);
void draw_playhead(App& app);
void draw_cursor(App& app);

}  // namespace arietta::ui
