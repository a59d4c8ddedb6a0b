// The whole song in one strip: every track's clips as tiny notes, and a window over what the note grid shows. A press
// goes there, a drag takes the window along.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_arrange(App& app, Rect area);

}  // namespace arietta::ui
