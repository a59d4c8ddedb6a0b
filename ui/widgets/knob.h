// A round knob with its name and value below.   [main]
#pragma once
#include "ui/theme/tokens.h"
#include "ui/widgets/param_control.h"

namespace arietta::ui {

// `tint` 0: the accent.
void knob(App& app, const Rect& r, const ParamControl& control, Color tint = 0);
// Without words, for a mixer strip; the value shows in its middle while it moves.
void small_knob(App& app, const Rect& r, const ParamControl& control, Color tint = 0);

}  // namespace arietta::ui
