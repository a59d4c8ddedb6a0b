// A horizontal fader: a line that fills up to a round grip.   [main]
#pragma once
#include "ui/theme/tokens.h"
#include "ui/widgets/param_control.h"

namespace arietta::ui {

// The value stands at the right when the rectangle is wide enough. `tint` 0: the accent.
void fader(App& app, const Rect& r, ParamControl control, Color tint = 0);

}  // namespace arietta::ui
