#include "ui/widgets/combo.h"

#include <algorithm>

#include "ui/input.h"
#include "icons.gen.h"

namespace arietta::ui {
namespace {

constexpr float kListWidth = 260;       // at least; wider when the field is
constexpr const char* kPopup = "combo list";

// One list at a time can be open.
ItemId open_list = 0;
bool closing = false, placed = false;

float row_height() { return input().coarse ? tokens().touch : 34; }
float heading_height() { return 30; }

float list_height(const Combo& c) {
  return float(c.options.size()) * row_height() + (c.headings ? float(c.headings->size()) * heading_height() : 0) + tokens().space_2 * 2;
}

// Below the field, or above when there is more room; inside the screen in any case.
Rect place_list(const Rect& field, const Combo& c) {
  const float gap = tokens().space_1;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float below = screen.y - bottom(field) - gap * 2, above = field.y - gap * 2;
  const float wanted = std::min(list_height(c), 420.f);
  const bool up = below < std::min(wanted, 200.f) && above > below;
  const float height = std::min(wanted, up ? above : below), width = std::min(std::max(field.w, kListWidth), screen.x - gap * 2);
  const float x = std::clamp(field.x, gap, std::max(gap, screen.x - width - gap));
  return {x, up ? field.y - gap - height : bottom(field) + gap, width, height};
}

// Draws one row; true when it was chosen.
bool option_row(const Rect& row, std::string_view words, int index, bool chosen) {
  const Tokens& t = tokens();
  const Press p = press(ItemId(index + 1), row);
  if (chosen) fill(row, t.color.accent_soft, t.radius_small);
  else if (p.hovered) fill(row, t.color.text, t.radius_small, 0.08f);
  Rect rest = inset(row, t.space_3, 0);
  if (chosen) draw_icon(take_right(rest, t.icon, t.space_2), kIconCheck, t.color.accent);
  write(rest, words, font_text(), chosen ? t.color.accent : t.color.text);
  const ImVec2 dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0);
  if (p.held && input().mouse_is_touch) ImGui::SetScrollY(ImGui::GetScrollY() - p.dy);
  return p.clicked && std::abs(dragged.y) < t.space_2;
}

bool list(const Rect& field, const Combo& c, int& chosen) {
  const Tokens& t = tokens();
  const Rect area = place_list(field, c);
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.w, area.h});
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav;
  if (!ImGui::BeginPopup(kPopup, kFlags)) {
    open_list = 0;
    return false;
  }
  bool changed = false;
  outline(area, t.color.line, t.radius, t.line);
  ImGui::SetScrollY(ImGui::GetScrollY() + input().wheel_y);
  size_t heading = 0;
  float y = t.space_2;
  const float top = area.y - ImGui::GetScrollY();
  for (int i = 0; i < int(c.options.size()); ++i) {
    if (c.headings && heading < c.headings->size() && (*c.headings)[heading].first == i) {
      write({area.x + t.space_4, top + y, area.w - t.space_6, heading_height()}, (*c.headings)[heading].second, font_small(), t.color.text_soft);
      y += heading_height();
      ++heading;
    }
    const Rect row{area.x + t.space_1, top + y, area.w - t.space_2, row_height()};
    if (i == c.chosen && !placed) ImGui::SetScrollY(std::max(0.f, y - area.h / 2 + row.h / 2));
    y += row_height();
    if (bottom(row) < area.y || row.y > bottom(area)) continue;
    if (option_row(row, c.options[size_t(i)], i, i == c.chosen)) {
      changed = i != c.chosen;
      chosen = i;
      ImGui::CloseCurrentPopup();
    }
  }
  placed = true;
  ImGui::SetCursorPos({0, y + t.space_2});              // what can be scrolled to
  ImGui::Dummy({1, 1});
  if (closing) ImGui::CloseCurrentPopup();
  closing = false;
  ImGui::EndPopup();
  return changed;
}

}  // namespace

bool combo_is_open() { return open_list != 0; }
void close_combo() { closing = open_list != 0; }

bool combo(Mirror& mirror, const Rect& r, Combo c, int& chosen) {
  const Tokens& t = tokens();
  const ItemId id = mirror.id_of(c.name);
  const Press p = press(id, r);
  const bool open = open_list == id;
  if (!c.bare || p.hovered || open) fill(r, t.color.surface_raised, t.radius);
  if (p.hovered || open) fill(r, t.color.text, t.radius, 0.06f);
  if (t.line > 1) outline(r, t.color.line_strong, t.radius, t.line);
  Rect rest = inset(r, t.space_2, 0);
  if (c.icon) draw_icon(take_left(rest, t.icon, t.space_2), c.icon, t.color.text_soft);
  draw_icon(take_right(rest, 16, t.space_1), kIconChevronDown, t.color.text_soft, 16);
  std::string_view words = c.shown;
  if (words.empty() && c.chosen >= 0 && c.chosen < int(c.options.size())) words = c.options[size_t(c.chosen)];
  write(rest, words, font_text(), t.color.text);

  ImGui::PushID(int(id));
  if (p.clicked && !open) {
    open_list = id;
    placed = closing = false;
    ImGui::OpenPopup(kPopup);
  }
  int wanted = c.chosen;
  bool changed = open_list == id && list(r, c, wanted);
  ImGui::PopID();
  changed = mirror.combobox(c.name, r, c.options, wanted) || changed;
  if (changed) chosen = wanted;
  return changed;
}

}  // namespace arietta::ui
