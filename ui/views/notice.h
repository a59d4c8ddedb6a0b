// What the studio has to say: an error until it is dismissed, or a piece of news. In plain words, also in the live region.
// [main]
#pragma once
#include "ui/frame.h"

namespace arietta::ui {

void draw_notice(App& app, const ScreenSize& size, const Layout& layout);

}  // namespace arietta::ui
