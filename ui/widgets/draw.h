// Drawing and pressing in a rectangle: the few strokes all views are made of. Colours are tokens, sizes are units;
// everything goes into the ImGui window that is open now.   [main]
#pragma once
#include <imgui.h>

#include <string_view>

#include "ui/rect.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

namespace arietta::ui {

enum class Align : uint8_t { kLeft, kCentre, kRight };

ImDrawList* canvas();
void fill(const Rect& r, Color color, float radius = 0, float alpha = 1);
void outline(const Rect& r, Color color, float radius = 0, float width = 1);
// One line, in the middle of the height, cut with "…" when it does not fit.
void write(const Rect& r, std::string_view text, ImFont* font, Color color, Align align = Align::kLeft);
// As many lines as fit the width; gives the height they take. With `draw` off it only measures.
float write_lines(const Rect& r, std::string_view text, ImFont* font, Color color, bool draw = true);
float text_width(std::string_view text, ImFont* font);
void draw_icon(const Rect& r, const char* icon, Color color, float size = 0);   // 0: the icon token

// What the pointer does with a rectangle. `id` keeps a drag alive when the rectangle moves.
struct Press {
  bool hovered = false, held = false;
  bool went_down = false, clicked = false, double_clicked = false, right_clicked = false;
  float dx = 0, dy = 0;                   // while held, since last frame
};
Press press(ItemId id, const Rect& r);
Press press(std::string_view id, const Rect& r);

// Keeps drawing and presses inside a rectangle. Not by the draw list alone: ImGui's own idea of the clip would go wrong.
struct Clip {
  explicit Clip(const Rect& r) { ImGui::PushClipRect({r.x, r.y}, {r.x + r.w, r.y + r.h}, true); }
  ~Clip() { ImGui::PopClipRect(); }
  Clip(const Clip&) = delete;
  Clip& operator=(const Clip&) = delete;
};

}  // namespace arietta::ui
