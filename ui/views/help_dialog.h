// What to do first, and every key.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_help_dialog(App& app);

}  // namespace arietta::ui
