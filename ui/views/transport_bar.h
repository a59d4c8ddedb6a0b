// Play, record, tempo, position, loudness. Narrow: two rows.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_transport_bar(App& app, Rect area, bool narrow);

}  // namespace arietta::ui
