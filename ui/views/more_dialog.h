// On narrow screens: the song's controls that have no room in the bar.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_more_dialog(App& app);

}  // namespace arietta::ui
