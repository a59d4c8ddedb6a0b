// What the automation lane shows: the knobs there are to automate, the one that is chosen, the point that is selected.
// There is one lane on the screen, so there is one of these.   [main]
#pragma once
#include <string>
#include <vector>

#include "song/automation.h"
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

struct AutomatedKnob {
  Id device = 0;
  const ParamInfo* param = nullptr;
  std::string name;                                      // "Volume", "Reverb: Blend"
  bool operator==(const AutomatedKnob& o) const { return device == o.device && param == o.param; }
};

struct KnobList {
  std::vector<AutomatedKnob> knobs;                      // the strip's first, then the instrument's, then the effects'
  std::vector<std::string> names;
  std::vector<std::pair<int, std::string>> headings;
};
KnobList automatable_knobs(const App& app, Id owner);    // of a track, a bus or the master

struct LaneState {
  bool open = false;
  AutomatedKnob chosen;
  Id selected = 0;                                       // point
  Rect canvas;                                           // as last drawn
  bool drawing = false, moving = false;                  // the pointer is down
  Tick last_tick = 0;                                    // where drawing was, and how high
  float last_position = 0;
};
LaneState& lane_state();

// The knob the lane shows: the chosen one while its device is there, else the owner's volume. nullptr: there is none.
const AutomatedKnob* shown_knob(const KnobList& list);

}  // namespace arietta::ui
