#include "ui/widgets/foreign_text.h"

#include <imgui_internal.h>

#include <cmath>
#include <string>
#include <unordered_map>

#include "ui/platform/text_image.h"

namespace arietta::ui {
namespace {

constexpr size_t kKept = 128;           // pictures; those not shown in the last frame go when there are more

struct Kept { TextImage image; int shown_in = 0; };
std::unordered_map<std::string, Kept>& kept() {
  static std::unordered_map<std::string, Kept> all;
  return all;
}

float line_units(ImFont* font) { return font->FontSize * font->Scale; }

const TextImage& image_of(std::string_view text, ImFont* font, float wrap_units) {
  const bool bold = font == font_large() || font == font_title();
  const float wrap = std::floor(wrap_units / font->Scale);
  const int frame = ImGui::GetFrameCount();
  std::string key = std::to_string(int(font->FontSize)) + (bold ? "b" : " ") + std::to_string(int(wrap)) + " " + std::string(text);
  auto& all = kept();
  const auto found = all.find(key);
  if (found != all.end()) {
    found->second.shown_in = frame;
    return found->second.image;
  }
  if (all.size() >= kKept)
    for (auto it = all.begin(); it != all.end();) {
      const bool old = it->second.shown_in < frame - 1;
      if (old) drop_text_image(it->second.image);
      it = old ? all.erase(it) : std::next(it);
    }
  return all.emplace(std::move(key), Kept{make_text_image(text, font->FontSize, bold, wrap), frame}).first->second.image;
}

// `shown` units of its width: the first ones, or the last.
void draw_image(const TextImage& image, ImFont* font, float x, float y, float shown, Color color, bool last = false) {
  if (!image.texture || image.width <= 0) return;
  const float height = float(image.height) * font->Scale, part = shown / (float(image.width) * font->Scale);
  const auto whole = [&](float units) { return std::floor(units / font->Scale) * font->Scale; };   // pixels on pixels
  x = whole(x), y = whole(y);
  canvas()->AddImage(image.texture, {x, y}, {x + shown, y + height}, {last ? 1 - part : 0, 0}, {last ? 1 : part, 1}, ink(color));
}

// Hebrew, Arabic and their neighbours begin on the right.
bool begins_right(std::string_view text) {
  unsigned letter = 0;
  ImTextCharFromUtf8(&letter, text.data(), text.data() + text.size());
  return letter >= 0x590 && letter < 0x900;
}

}  // namespace

bool is_foreign(std::string_view text, ImFont* font) {
  for (size_t i = 0; i < text.size();) {
    if (uint8_t(text[i]) < 0x80) {
      ++i;
      continue;
    }
    unsigned letter = 0;
    const int bytes = ImTextCharFromUtf8(&letter, text.data() + i, text.data() + text.size());
    if (letter > IM_UNICODE_CODEPOINT_MAX || letter == IM_UNICODE_CODEPOINT_INVALID || !font->FindGlyphNoFallback(ImWchar(letter))) return true;
    i += size_t(std::max(1, bytes));
  }
  return false;
}

float foreign_width(std::string_view text, ImFont* font) { return float(image_of(text, font, 0).width) * font->Scale; }

void write_foreign(const Rect& r, std::string_view text, ImFont* font, Color color, Align align) {
  constexpr std::string_view kEllipsis = "…";
  const TextImage& image = image_of(text, font, 0);
  const float width = float(image.width) * font->Scale, y = r.y + (r.h - float(image.height) * font->Scale) / 2;
  if (width <= r.w + 0.5f) {
    const float spare = r.w - width;
    return draw_image(image, font, r.x + (align == Align::kLeft ? 0 : align == Align::kRight ? spare : spare / 2), y, width, color);
  }
  const float dots = text_width(kEllipsis, font), shown = std::max(0.f, r.w - dots);
  const bool from_right = begins_right(text);
  draw_image(image, font, from_right ? r.x + dots : r.x, y, shown, color, from_right);
  write({from_right ? r.x : r.x + shown, r.y, dots, r.h}, kEllipsis, font, color);
}

float write_foreign_lines(const Rect& r, std::string_view text, ImFont* font, Color color, bool draw) {
  const TextImage& image = image_of(text, font, r.w);
  const float margin = kTextImageMargin * line_units(font);
  if (draw) draw_image(image, font, r.x, r.y - margin, float(image.width) * font->Scale, color);
  return float(image.height) * font->Scale - 2 * margin;
}

void forget_foreign_text() {
  for (const auto& [key, one] : kept()) drop_text_image(one.image);
  kept().clear();
}

}  // namespace arietta::ui
