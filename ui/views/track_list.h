// The tracks, one under the other, each with its mixer strip: name, instrument, mute, solo, volume, pan, level.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_track_list(App& app, Rect area);

}  // namespace arietta::ui
