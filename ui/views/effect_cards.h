// The effects of a track, a bus or the master as cards, one below the other: on and off, preset, knobs, move, remove; and
// the button that adds one.   [main]
#pragma once
#include "ui/app.h"
#include "ui/theme/tokens.h"

namespace arietta::ui {

float effect_cards_height(const App& app, Id owner, float width);
void draw_effect_cards(App& app, Rect area, Id owner, Color tint);

}  // namespace arietta::ui
