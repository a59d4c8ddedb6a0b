// The type on the screen: Inter in four sizes and the Lucide icons, rasterised for the device's own pixels.   [main]
#pragma once
#include <imgui.h>

namespace arietta::ui {

// Makes the font atlas anew; sharp when one unit is `pixels_per_unit` device pixels. The renderer's texture must be
// made again afterwards.
void build_fonts(float pixels_per_unit);

ImFont* font_text();
ImFont* font_small();
ImFont* font_large();
ImFont* font_title();
ImFont* font_icons();

}  // namespace arietta::ui
