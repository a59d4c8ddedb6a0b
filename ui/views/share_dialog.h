// The song as a link, a QR code or a file.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_share_dialog(App& app);

}  // namespace arietta::ui
