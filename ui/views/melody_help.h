// Melody help on the screen: what can be asked for, what was suggested, what becomes of it; wishes, memory and who wrote the
// song behind one button. A strip below the notes, and the same in a dialog where there is no room for it.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

// How much of the room below the notes the strip takes now; 0 where the notes would have too little left.
float melody_help_height(const App& app, const Rect& room);
void draw_melody_help(App& app, Rect area);
void draw_melody_help_dialog(App& app);

// Sliders, "like me", authors: drawn downwards from the top of `area`.
float help_options_height(const App& app, float width);
void draw_help_options(App& app, Rect area);

}  // namespace arietta::ui
