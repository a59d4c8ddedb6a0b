// Design tokens: every colour, space, radius and type size on the screen has a name here. Views use tokens, never numbers.
// Sizes are units: CSS pixels times the person's interface scale, so views never multiply. Contrast is checked by a
// test: text on its surface at least 4.5 : 1, large text and control edges at least 3 : 1.   All [main].
#pragma once
#include "base/types.h"

namespace arietta::ui {

using Color = uint32_t;               // 0xRRGGBBAA

enum class ThemeName : uint8_t { kDark, kLight, kHighContrast };

struct Palette {
  Color background, surface, surface_raised, surface_sunken, line, line_strong;
  Color text, text_soft, text_on_accent;
  Color accent, accent_soft, danger, good, warning, focus_ring;
  Color grid_bar, grid_beat, grid_step, grid_black_key, grid_out_of_scale, playhead, selection, ghost;
  Color key_white, key_black, key_down;
  Color meter_low, meter_mid, meter_high;
  Color pitch[12];                    // one hue per pitch class, equal lightness
  Color track[8];
};

struct Tokens {
  float space_1 = 4, space_2 = 8, space_3 = 12, space_4 = 16, space_6 = 24;
  float radius_small = 4, radius = 8, radius_large = 14;
  float text_small = 12, text = 14, text_large = 16, text_title = 22, icon = 19;
  float touch = 44;                   // smallest side of anything a finger should hit
  float line = 1, focus = 2;
  float scale = 1;                    // the person's interface scale, 1 to 2
  bool reduced_motion = false;
  Palette color{};
};

const Palette& palette(ThemeName name);
const Tokens& tokens();               // of this frame
Tokens& tokens_for_theme();           // for theme.cpp alone

// 1 (none) to 21 (black on white), as WCAG 2 counts; alpha is ignored.                    [any]
double contrast(Color one, Color other);

}  // namespace arietta::ui
