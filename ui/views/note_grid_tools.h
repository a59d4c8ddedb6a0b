// The row of tools above the notes: Draw, Select, Snap, loudness lane, zoom.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_grid_tools(App& app);

}  // namespace arietta::ui
