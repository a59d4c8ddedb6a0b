#include "ui/theme/theme.h"

namespace arietta::ui {
namespace {

ImVec4 vec(Color color) { return ImGui::ColorConvertU32ToFloat4(ink(color)); }

}  // namespace

ImU32 ink(Color color, float alpha) {
  const auto part = [&](int shift) { return color >> shift & 0xff; };
  return IM_COL32(part(24), part(16), part(8), ImU32(float(part(0)) * alpha + 0.5f));
}

void apply_theme(ThemeName name, float scale, bool reduced_motion) {
  Tokens& t = tokens_for_theme();
  t.color = palette(name);
  t.scale = scale;
  t.reduced_motion = reduced_motion;
  t.line = name == ThemeName::kHighContrast ? 2.f : 1.f;
  t.focus = name == ThemeName::kHighContrast ? 3.f : 2.f;
  if (!ImGui::GetCurrentContext()) return;

  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = style.FramePadding = {0, 0};
  style.WindowMinSize = {1, 1};
  style.WindowBorderSize = style.PopupBorderSize = 0;
  style.PopupRounding = t.radius;
  style.ScrollbarSize = t.space_2;
  style.ScrollbarRounding = t.radius_small;
  style.AntiAliasedLinesUseTex = false;      // lines stay crisp at any pixel ratio
  const Palette& c = t.color;
  style.Colors[ImGuiCol_Text] = vec(c.text);
  style.Colors[ImGuiCol_WindowBg] = vec(c.background);
  style.Colors[ImGuiCol_PopupBg] = vec(c.surface_raised);
  style.Colors[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
  style.Colors[ImGuiCol_ScrollbarGrab] = vec(c.line_strong);
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = vec(c.text_soft);
  style.Colors[ImGuiCol_ScrollbarGrabActive] = vec(c.accent);
}

}  // namespace arietta::ui
