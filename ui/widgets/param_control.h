// What every knob and fader does with its parameter: drag (Shift: fine), wheel, double click for the default, and the
// mirror's slider. One drag is one undo step; the sound follows at once. Knob and fader only differ in their looks. [main]
#pragma once
#include "params/param_table.h"
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

struct ParamControl {
  Id device = 0;
  const ParamInfo* param = nullptr;
  std::string_view name = {};                            // accessible name; "" = the table's label
  float travel = 160;                                    // units of drag from end to end
  bool across = false;                                   // dragged sideways alone, as a horizontal fader is
  bool drawn = true;                                     // off: in the mirror alone, nothing on the screen to press
  bool wheel = true;                                     // off where the wheel scrolls what lies behind
};

struct ParamTouch {
  float plain = 0;
  float position = 0;                                    // 0 to 1
  bool hovered = false, held = false;
  bool clicked = false;                                  // pressed and let go without moving
};

// Draws nothing; says what to draw.
ParamTouch control_param(App& app, const Rect& r, const ParamControl& control);

}  // namespace arietta::ui
