// What is suggested, in the note grid: notes that are not there yet, where they would be. Those they would replace step back.
// [main]
#pragma once
#include "ui/views/note_grid_state.h"

namespace arietta::ui {

void draw_suggestion(App& app);
// When another suggestion is looked at, its beginning comes into view.
void bring_suggestion_into_view(App& app, const GridFrame& frame);

}  // namespace arietta::ui
