// A device's knobs in even, centred rows: what the sound panel and the effects' cards are made of.   [main]
#pragma once
#include <string>
#include <vector>

#include "ui/app.h"
#include "ui/theme/tokens.h"

namespace arietta::ui {

inline constexpr float kBigKnob = 100, kSmallKnob = 88;  // heights of a row

struct KnobSpec {
  const ParamInfo* param;
  std::string name = {};                                 // "" = the table's label
};
using Knobs = std::vector<KnobSpec>;

Knobs knobs_of(DeviceKind kind, bool front);             // the big ones or the others; without those no panel shows
float knobs_height(size_t count, float width, float row_height);
void draw_knobs(App& app, const Rect& r, Id device, const Knobs& knobs, float row_height, Color tint);

}  // namespace arietta::ui
