// The knobs of the chosen track's instrument and of its mixer strip, laid out from the parameter table alone.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_device_panel(App& app, Rect area);

}  // namespace arietta::ui
