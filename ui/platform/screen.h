// Where the picture goes and where pointers come from: a canvas with WebGL in the page (screen_web.cpp), nothing at all in
// tests. Sizes in CSS pixels; `zoom` is CSS pixels per unit.   [main]
#pragma once

namespace arietta::ui::screen {

bool start(float width, float height, float pixel_ratio);   // false: no WebGL; everything else still works
void resize(float width, float height, float pixel_ratio);
// Hands waiting pointer events to ImGui and ui/input.h; true when there were any.
bool read_input(float zoom);
// Puts ImGui's finished frame on the canvas.
void show();
void fonts_changed();                                        // the atlas is another one
void context_lost();
bool context_restored();

}  // namespace arietta::ui::screen
