// The note grid for screen readers, voice control and tests: the grid "Notes" with the rows and cells around the cursor.
// [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// Adds the items of this frame and does what was asked of those of the last one.
void mirror_note_grid(App& app);

}  // namespace arietta::ui
