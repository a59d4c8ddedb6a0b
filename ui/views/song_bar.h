// The song: its name, key, scale, meter; undo; share, open, new. Narrow: what does not fit is behind More.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_song_bar(App& app, Rect area, bool narrow);

// Parts that the More dialog shows on narrow screens.
void key_combo(App& app, const Rect& r);
void scale_combo(App& app, const Rect& r);
void tuning_combo(App& app, const Rect& r);
void meter_combo(App& app, const Rect& r);
void easy_scale_switch(App& app, const Rect& r);

}  // namespace arietta::ui
