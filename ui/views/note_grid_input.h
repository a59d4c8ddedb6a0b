// Mouse, wheel and fingers over the note grid.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// Takes the pointer over everything below the tools; call once a frame, after the frame's rectangles are known.
void note_grid_pointer(App& app);

}  // namespace arietta::ui
