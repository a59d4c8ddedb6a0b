// How loud the song is: a small meter beside the transport, and the dialog behind it with every reading, the spectrum,
// and the two buttons that finish a mix.   [main]
#pragma once
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

void draw_master_meter(App& app, Rect area);
void draw_loudness_dialog(App& app);

}  // namespace arietta::ui
