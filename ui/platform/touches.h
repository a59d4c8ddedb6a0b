// Fingers and the mouse become ui/input.h and ImGui's mouse. Apart from SDL, so that tests can use it.   [main]
#pragma once
#include "base/types.h"

namespace arietta::ui {

void begin_touches();                    // of a new frame: what ended is forgotten, wheel and pinch start at nothing
void touch_down(int64_t finger, float x, float y);
void touch_move(int64_t finger, float x, float y);
void touch_up(int64_t finger);
bool end_touches();                      // computes the pinch; true when anything touched the screen
void mouse_used();
void wheel(float x, float y);            // units, positive is right and down
void key_mods(int mods);                 // as in ui_key
void release_touches();                  // the page lost its pointers

}  // namespace arietta::ui
