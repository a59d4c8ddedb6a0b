// Look, size, motion, sound; and figures on how the studio runs.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_settings_dialog(App& app);

}  // namespace arietta::ui
