// Pointers this frame, beyond ImGui's one mouse. The first finger is also ImGui's mouse; views that want every finger
// (piano keys) read `touches` and ignore the mouse while `mouse_is_touch`. Two fingers anywhere scroll and zoom what lies
// under them: a view reads `pinch` and drops the drag it may have begun.   [main]
#pragma once
#include <vector>

#include "base/types.h"

namespace arietta::ui {

enum class TouchPhase : uint8_t { kDown, kMove, kUp };

struct Touch {
  int id = 0;                           // 1 and up; the same from down to up
  float x = 0, y = 0;                   // units
  float start_x = 0, start_y = 0;
  TouchPhase phase = TouchPhase::kDown;
};

struct Pinch {
  bool on = false;
  float x = 0, y = 0;                   // between the fingers
  float dx = 0, dy = 0;                 // moved since last frame
  float zoom_x = 1, zoom_y = 1;         // grew since last frame
};

struct Input {
  std::vector<Touch> touches;           // kUp stays for one frame
  Pinch pinch;
  bool mouse_is_touch = false;
  bool coarse = false;                  // the main pointer is a finger
  bool shift = false, ctrl = false, alt = false;   // ctrl or command
  float wheel_x = 0, wheel_y = 0;       // units to scroll; positive is right and down
};

const Input& input();
Input& input_for_platform();            // for the event loop alone

}  // namespace arietta::ui
