// Jumping between the parts of the screen with F6, as assistive technology users expect: transport, song, tracks, notes.
// [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void focus_next_region(App& app, int direction);

}  // namespace arietta::ui
