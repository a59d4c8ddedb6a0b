// Small pictures of what the synth's knobs do: the filter's curve over pitch and the loudness of a note over time. [main]
#pragma once
#include "ui/app.h"
#include "ui/theme/tokens.h"

namespace arietta::ui {

void draw_filter_curve(const App& app, const Rect& r, Id synth, Color tint);
void draw_envelope(const App& app, const Rect& r, Id synth, Color tint);
// One period of a wave: 0 saw, 1 square, 2 triangle, 3 sine.
void draw_wave(const Rect& r, int shape, Color color);

}  // namespace arietta::ui
