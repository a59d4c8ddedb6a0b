#include "tests/ui/stage.h"

#include <imgui.h>

#include <algorithm>

#include "doctest/doctest.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/views/note_grid.h"
#include "ui/views/preview.h"

namespace arietta::ui::test {

Stage::Stage(View view, Rect area) : view_(view), area_(area) { set_up(area.x + area.w, area.y + area.h); }
Stage::Stage(const ScreenSize& screen) : screen_(screen) { set_up(screen.w, screen.h); }

void Stage::set_up(float width, float height) {
  asked() = {};
  input_for_platform() = {};
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {width, height};
  build_fonts(1);
  unsigned char* pixels;
  int atlas_width, atlas_height;
  io.Fonts->GetTexDataAsAlpha8(&pixels, &atlas_width, &atlas_height);
  apply_theme(ThemeName::kDark, 1);
  grid_forget();
  show_page(Page::kNotes);
  app_ = std::make_unique<App>();
  frames(2);
}

Stage::~Stage() {
  app_.reset();
  ImGui::DestroyContext();
}

void Stage::frame(double ms) {
  asked().now_ms += ms;
  ImGui::GetIO().DeltaTime = float(ms / 1000);
  app_->frame_drawn();
  ImGui::NewFrame();
  if (view_) draw_view();
  else draw_frame(*app_, screen_, asked().now_ms);
  ImGui::Render();
  vertices_ = ImGui::GetDrawData()->TotalVtxCount;
  Input& in = input_for_platform();
  in.wheel_x = in.wheel_y = 0;
  in.pinch = {};
  std::erase_if(in.touches, [](const Touch& touch) { return touch.phase == TouchPhase::kUp; });
}

void Stage::draw_view() {
  app_->update(asked().now_ms);
  update_hearing(*app_);
  app_->mirror().begin_frame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("stage", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBringToFrontOnFocus);
  view_(*app_, area_);
  ImGui::End();
  app_->mirror().end_frame();
}

void Stage::move(float x, float y) {
  ImGui::GetIO().AddMousePosEvent(x, y);
  frame();
}

void Stage::press(int button) {
  ImGui::GetIO().AddMouseButtonEvent(button, true);
  frames(2);
}

void Stage::release(int button) {
  ImGui::GetIO().AddMouseButtonEvent(button, false);
  frames(2);
}

void Stage::click(float x, float y, int button) {
  frame(1000);                          // long after the last click, so that this is not its double
  move(x, y);
  press(button);
  release(button);
}

void Stage::double_click(float x, float y) {
  click(x, y);
  press();
  release();
}

void Stage::drag(float x0, float y0, float x1, float y1, int button) {
  frame(1000);
  move(x0, y0);
  press(button);
  for (int i = 1; i <= 8; ++i) move(x0 + (x1 - x0) * float(i) / 8, y0 + (y1 - y0) * float(i) / 8);
  release(button);
}

void Stage::wheel(float x, float y) {
  input_for_platform().wheel_x = x;
  input_for_platform().wheel_y = y;
  frame();
}

void Stage::touch_down(int id, float x, float y) {
  Input& in = input_for_platform();
  in.coarse = in.mouse_is_touch = true;
  in.touches.push_back({id, x, y, x, y, TouchPhase::kDown});
  if (in.touches.size() > 1) return frame();
  ImGui::GetIO().AddMousePosEvent(x, y);
  frame();
  press();
}

void Stage::touch_move(int id, float x, float y) {
  Input& in = input_for_platform();
  for (Touch& touch : in.touches)
    if (touch.id == id) touch.x = x, touch.y = y, touch.phase = TouchPhase::kMove;
  if (!in.touches.empty() && in.touches.front().id == id) ImGui::GetIO().AddMousePosEvent(x, y);
  frame();
}

void Stage::touch_up(int id) {
  Input& in = input_for_platform();
  const bool first = !in.touches.empty() && in.touches.front().id == id;
  for (Touch& touch : in.touches)
    if (touch.id == id) touch.phase = TouchPhase::kUp;
  if (first) release();
  else frame();
}

void Stage::pinch(float x, float y, float dx, float dy, float zoom_x, float zoom_y) {
  input_for_platform().pinch = {true, x, y, dx, dy, zoom_x, zoom_y};
  frame();
}

const Item& Stage::find(Role role, std::string_view name, int n) {
  for (const Item& item : app_->mirror().items())
    if (item.role == role && item.name == name && n-- == 0) return item;
  CAPTURE(std::string(name));
  FAIL("no such item in the mirror");
  static const Item kNone;
  return kNone;
}

int Stage::count(Role role, std::string_view name) {
  const std::vector<Item>& items = app_->mirror().items();
  return int(std::count_if(items.begin(), items.end(), [&](const Item& item) { return item.role == role && item.name == name; }));
}

void Stage::act(Role role, std::string_view name, Act what, int n) {
  app_->mirror().act(find(role, name, n).id, std::move(what));
  frames(2);
}

std::string Stage::said() {
  const std::string changes = app_->mirror().take_changes();
  const size_t at = changes.find("\"say\":\"");
  if (at == std::string::npos) return {};
  const size_t from = at + 7;
  return changes.substr(from, changes.find('"', from) - from);
}

}  // namespace arietta::ui::test
