// The tokens of a theme made current, for our own drawing and for the few ImGui windows there are (lists that pop up).
// [main]
#pragma once
#include <imgui.h>

#include "ui/theme/tokens.h"

namespace arietta::ui {

// From the next frame on. `scale` is the person's interface scale; the screen as a whole is zoomed by it (frame.cpp).
void apply_theme(ThemeName name, float scale, bool reduced_motion = false);

// A token's colour as ImGui wants it; `alpha` 0 to 1 multiplies the token's own.
ImU32 ink(Color color, float alpha = 1);

}  // namespace arietta::ui
