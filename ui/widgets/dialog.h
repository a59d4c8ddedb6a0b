// A dialog over the screen: title, Close, and a body that scrolls when it is taller than the screen. On phones it takes
// the whole width. In the mirror a dialog; focus goes into it and, when it closes, back to where it was.   [main]
#pragma once
#include "ui/app.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {

// Gives the rectangle to draw in, already scrolled; draw downwards from its top and give end_dialog the y where the
// content ended. The dialog closes by Close, by a press beside it, by Escape: app.dialog is then kNone.
Rect begin_dialog(App& app, std::string_view title, float width, float content_height);
void end_dialog(App& app);

}  // namespace arietta::ui
