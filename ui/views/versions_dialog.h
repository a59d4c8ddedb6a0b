// Earlier songs and earlier states of this one, to open again.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_versions_dialog(App& app);

}  // namespace arietta::ui
