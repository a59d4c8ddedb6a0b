// The piano at the bottom of the screen: plays the chosen instrument at once, by mouse, by any number of fingers, and
// shows what sounds and which computer key plays what.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_piano_keys(App& app, Rect area);

}  // namespace arietta::ui
