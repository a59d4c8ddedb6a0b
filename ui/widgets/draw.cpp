#include "ui/widgets/draw.h"

#include <cmath>
#include <string>

#include "base/hash.h"
#include "ui/widgets/foreign_text.h"

namespace arietta::ui {
namespace {

ImVec2 at(const Rect& r) { return {r.x, r.y}; }
ImVec2 end(const Rect& r) { return {r.x + r.w, r.y + r.h}; }

// The length of `text` that fits `width`, never inside a UTF-8 letter.
size_t fitting(std::string_view text, ImFont* font, float width) {
  size_t fits = 0;
  for (size_t i = 0; i < text.size();) {
    size_t next = i + 1;
    while (next < text.size() && (uint8_t(text[next]) & 0xc0) == 0x80) ++next;
    if (text_width(text.substr(0, next), font) > width) break;
    fits = i = next;
  }
  return fits;
}

}  // namespace

ImDrawList* canvas() { return ImGui::GetWindowDrawList(); }

void fill(const Rect& r, Color color, float radius, float alpha) {
  canvas()->AddRectFilled(at(r), end(r), ink(color, alpha), radius);
}

void outline(const Rect& r, Color color, float radius, float width) {
  const Rect line = inset(r, width / 2);       // the stroke lies inside
  canvas()->AddRect(at(line), end(line), ink(color), radius, 0, width);
}

float text_width(std::string_view text, ImFont* font) {
  if (is_foreign(text, font)) return foreign_width(text, font);
  return font->CalcTextSizeA(font->FontSize * font->Scale, 1e9f, 0, text.data(), text.data() + text.size()).x;
}

void write(const Rect& r, std::string_view text, ImFont* font, Color color, Align align) {
  if (r.w <= 0 || text.empty()) return;
  if (is_foreign(text, font)) return write_foreign(r, text, font, color, align);
  std::string cut;
  float width = text_width(text, font);
  if (width > r.w + 0.5f) {
    constexpr std::string_view kEllipsis = "…";
    cut = std::string(text.substr(0, fitting(text, font, r.w - text_width(kEllipsis, font)))) + std::string(kEllipsis);
    text = cut;
    width = text_width(text, font);
  }
  const float size = font->FontSize * font->Scale;
  const float spare = r.w - width;
  const float x = r.x + (align == Align::kLeft ? 0 : align == Align::kRight ? spare : spare / 2);
  const float y = r.y + (r.h - size) / 2;
  canvas()->AddText(font, size, {std::floor(x), std::floor(y)}, ink(color), text.data(), text.data() + text.size());
}

float write_lines(const Rect& r, std::string_view text, ImFont* font, Color color, bool draw) {
  if (is_foreign(text, font)) return write_foreign_lines(r, text, font, color, draw);
  const float size = font->FontSize * font->Scale;
  const ImVec2 extent = font->CalcTextSizeA(size, 1e9f, r.w, text.data(), text.data() + text.size());
  if (draw) canvas()->AddText(font, size, at(r), ink(color), text.data(), text.data() + text.size(), r.w);
  return extent.y;
}

void draw_icon(const Rect& r, const char* icon, Color color, float size) {
  ImFont* font = font_icons();
  if (size <= 0) size = tokens().icon;
  const float x = r.x + (r.w - size) / 2, y = r.y + (r.h - size) / 2;
  canvas()->AddText(font, size, {std::floor(x), std::floor(y)}, ink(color), icon);
}

Press press(ItemId id, const Rect& r) {
  Press p;
  if (r.w <= 0 || r.h <= 0) return p;
  ImGui::SetCursorScreenPos(at(r));
  ImGui::PushID(int(id));
  ImGui::InvisibleButton("press", {r.w, r.h}, ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  ImGui::PopID();
  const ImGuiIO& io = ImGui::GetIO();
  p.hovered = ImGui::IsItemHovered();
  p.held = ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  p.went_down = ImGui::IsItemActivated() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  p.clicked = ImGui::IsItemDeactivated() && p.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  p.double_clicked = p.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  p.right_clicked = p.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right);
  if (p.held) p.dx = io.MouseDelta.x, p.dy = io.MouseDelta.y;
  return p;
}

Press press(std::string_view id, const Rect& r) { return press(ItemId(Hash64().text(id).value()), r); }

}  // namespace arietta::ui
