#include "ui/theme/fonts.h"

#include "fonts.gen.h"
#include "icons.gen.h"
#include "ui/theme/tokens.h"

namespace arietta::ui {
namespace {

struct Fonts { ImFont *text, *small, *large, *title, *icons; };
Fonts g_fonts{};

ImFont* add(const unsigned char* data, size_t size, float units, float pixels_per_unit, const ImWchar* range) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = pixels_per_unit < 1.5f ? 2 : 1;     // dense screens need no help
  config.PixelSnapH = false;
  ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(data), int(size),
                                                            units * pixels_per_unit, &config, range);
  font->Scale = 1 / pixels_per_unit;
  font->EllipsisChar = 0x2026;
  return font;
}

}  // namespace

void build_fonts(float pixels_per_unit) {
  // Latin, Greek, Cyrillic, punctuation, arrows, musical signs: what the fonts were cut down to.
  static const ImWchar kLetters[] = {0x20, 0x17f, 0x218, 0x21b, 0x386, 0x3ce, 0x400, 0x491, 0x2010, 0x203a,
                                     0x20ac, 0x20ac, 0x2122, 0x2122, 0x2190, 0x2193, 0x2212, 0x2212, 0x266d, 0x266f, 0};
  static const ImWchar kIcons[] = {ImWchar(kIconFirst), ImWchar(kIconLast), 0};
  const Tokens& t = tokens();
  ImGui::GetIO().Fonts->Clear();
  g_fonts.text = add(kFontText, kFontTextSize, t.text, pixels_per_unit, kLetters);
  g_fonts.small = add(kFontText, kFontTextSize, t.text_small, pixels_per_unit, kLetters);
  g_fonts.large = add(kFontBold, kFontBoldSize, t.text_large, pixels_per_unit, kLetters);
  g_fonts.title = add(kFontBold, kFontBoldSize, t.text_title, pixels_per_unit, kLetters);
  g_fonts.icons = add(kFontIcons, kFontIconsSize, t.icon, pixels_per_unit, kIcons);
  ImGui::GetIO().Fonts->Build();
}

ImFont* font_text() { return g_fonts.text; }
ImFont* font_small() { return g_fonts.small; }
ImFont* font_large() { return g_fonts.large; }
ImFont* font_title() { return g_fonts.title; }
ImFont* font_icons() { return g_fonts.icons; }

}  // namespace arietta::ui
