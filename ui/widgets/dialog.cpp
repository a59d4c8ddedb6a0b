#include "ui/widgets/dialog.h"

#include <utility>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

constexpr ImGuiWindowFlags kBare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground;
constexpr float kHeader = 64;

void scroll_body(App& app, const Rect& body) {
  constexpr float kPage = 0.85f;                          // the last lines stay in view
  float by = std::exchange(app.dialog_pages, 0.f) * kPage * body.h;
  const ImGuiIO& io = ImGui::GetIO();
  if (inside(body, io.MousePos.x, io.MousePos.y)) {
    by += input().wheel_y;
    if (input().mouse_is_touch && ImGui::IsMouseDown(ImGuiMouseButton_Left)) by -= io.MouseDelta.y;
  }
  if (by != 0) ImGui::SetScrollY(ImGui::GetScrollY() + by);
}

}  // namespace

Rect begin_dialog(App& app, std::string_view title, float width, float content_height) {
  const Tokens& t = tokens();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::Begin("dialog", nullptr, kBare);
  const Rect all{0, 0, screen.x, screen.y};
  fill(all, 0x000000ff, 0, 0.55f);

  const float w = std::min(width, screen.x - 2 * t.space_2);
  const float h = std::min(content_height + kHeader + t.space_6, screen.y - 2 * t.space_2);
  const Rect card = centred(all, w, h);
  // No item of its own: it would lie under everything in the card and take the first touch there.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool pressed = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  if (pressed && !inside(card, mouse.x, mouse.y)) app.dialog = Dialog::kNone;
  fill(card, t.color.surface, t.radius_large);
  outline(card, t.color.line, t.radius_large, t.line);

  app.mirror().open(Role::kDialog, title, card);
  Rect rest = card;
  Rect header = inset(take_top(rest, kHeader), t.space_6, t.space_2);
  Button close;
  close.name = tr(Text::kClose);
  close.icon = kIconX;
  const Rect close_rect = centred(take_right(header, t.touch), t.touch, t.touch);
  write(header, title, font_title(), t.color.text);
  if (button(app.mirror(), close_rect, close)) app.dialog = Dialog::kNone;

  take_bottom(rest, t.space_2);
  ImGui::SetCursorScreenPos({rest.x, rest.y});
  ImGui::BeginChild("body", {rest.w, rest.h}, ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  scroll_body(app, rest);
  const Rect body{rest.x + t.space_6, rest.y - ImGui::GetScrollY(), rest.w - 2 * t.space_6, content_height};
  ImGui::SetCursorScreenPos({body.x, body.y + content_height});
  ImGui::Dummy({1, 1});
  return body;
}

void end_dialog(App& app) {
  ImGui::EndChild();
  ImGui::End();
  app.mirror().close();
}

}  // namespace arietta::ui
