// The first minute: three ways to begin, over the song that is open, until one is taken or anything else is done.  [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// `over`: the note grid; nothing is drawn when it is empty.
void draw_doors(App& app, Rect over);

}  // namespace arietta::ui
