#include "ui/platform/touches.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/input.h"

namespace arietta::ui {
namespace {

struct Finger { int64_t sdl; int id; };

std::vector<Finger> g_fingers;           // as they came down; ids are never used again
int g_next_id = 1;
int g_mouse_finger = 0;                  // id of the finger that is ImGui's mouse, 0 = none
bool g_mouse_ends = false;               // it was lifted: next frame the mouse is nowhere, so that nothing stays lit
Pinch g_last_pinch;                      // x, y: centre; zoom_x, zoom_y: distances

Touch* find(int64_t sdl) {
  for (const Finger& finger : g_fingers) {
    if (finger.sdl != sdl) continue;
    for (Touch& touch : input_for_platform().touches)
      if (touch.id == finger.id) return &touch;
  }
  return nullptr;
}

void be_mouse(const Touch& touch, int down) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMousePosEvent(touch.x, touch.y);
  if (down >= 0) io.AddMouseButtonEvent(0, down == 1);
}

// From two fingers: where they are, how far they moved and spread since the last frame.
void compute_pinch(Input& in) {
  std::vector<const Touch*> down;
  for (const Touch& touch : in.touches)
    if (touch.phase != TouchPhase::kUp) down.push_back(&touch);
  in.pinch = {};
  if (down.size() != 2) {
    g_last_pinch.on = false;
    return;
  }
  constexpr float kNear = 40;            // closer together on an axis than this, that axis does not zoom
  Pinch now;
  now.on = true;
  now.x = (down[0]->x + down[1]->x) / 2, now.y = (down[0]->y + down[1]->y) / 2;
  now.zoom_x = std::abs(down[0]->x - down[1]->x), now.zoom_y = std::abs(down[0]->y - down[1]->y);
  in.pinch.on = true;
  in.pinch.x = now.x, in.pinch.y = now.y;
  if (g_last_pinch.on) {
    in.pinch.dx = now.x - g_last_pinch.x, in.pinch.dy = now.y - g_last_pinch.y;
    if (now.zoom_x > kNear && g_last_pinch.zoom_x > kNear) in.pinch.zoom_x = now.zoom_x / g_last_pinch.zoom_x;
    if (now.zoom_y > kNear && g_last_pinch.zoom_y > kNear) in.pinch.zoom_y = now.zoom_y / g_last_pinch.zoom_y;
  }
  g_last_pinch = now;
}

}  // namespace

Input& input_for_platform() {
  static Input current;
  return current;
}
const Input& input() { return input_for_platform(); }

void begin_touches() {
  Input& in = input_for_platform();
  in.wheel_x = in.wheel_y = 0;
  in.touches.erase(std::remove_if(in.touches.begin(), in.touches.end(), [](const Touch& t) { return t.phase == TouchPhase::kUp; }),
                   in.touches.end());
  for (Touch& touch : in.touches) touch.phase = TouchPhase::kMove;
  if (g_mouse_ends) ImGui::GetIO().AddMousePosEvent(-1e9f, -1e9f);
  g_mouse_ends = false;
}

void touch_down(int64_t finger, float x, float y) {
  Input& in = input_for_platform();
  in.coarse = in.mouse_is_touch = true;
  Touch touch;
  touch.id = g_next_id++;
  touch.x = touch.start_x = x, touch.y = touch.start_y = y;
  g_fingers.push_back({finger, touch.id});
  in.touches.push_back(touch);
  if (g_mouse_finger) return;
  g_mouse_finger = touch.id;
  be_mouse(touch, 1);
}

void touch_move(int64_t finger, float x, float y) {
  Touch* touch = find(finger);
  if (!touch) return;
  touch->x = x, touch->y = y;
  if (touch->id == g_mouse_finger) be_mouse(*touch, -1);
}

void touch_up(int64_t finger) {
  Touch* touch = find(finger);
  if (!touch) return;
  touch->phase = TouchPhase::kUp;
  if (touch->id == g_mouse_finger) {
    be_mouse(*touch, 0);
    g_mouse_finger = 0;
    g_mouse_ends = true;
  }
  g_fingers.erase(std::find_if(g_fingers.begin(), g_fingers.end(), [&](const Finger& f) { return f.sdl == finger; }));
}

bool end_touches() {
  Input& in = input_for_platform();
  compute_pinch(in);
  return !in.touches.empty() || g_mouse_ends;
}

void mouse_used() {
  if (g_mouse_finger) return;
  input_for_platform().mouse_is_touch = false;
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_Mouse);
}

void wheel(float x, float y) {
  input_for_platform().wheel_x += x;
  input_for_platform().wheel_y += y;
}

void key_mods(int mods) {
  Input& in = input_for_platform();
  in.shift = mods & 1, in.ctrl = mods & 2, in.alt = mods & 4;
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Shift, in.shift);
  io.AddKeyEvent(ImGuiMod_Ctrl, in.ctrl);
  io.AddKeyEvent(ImGuiMod_Alt, in.alt);
}

void release_touches() {
  const std::vector<Finger> down = g_fingers;
  for (const Finger& finger : down) touch_up(finger.sdl);
  g_fingers.clear();
  g_mouse_finger = 0;
  key_mods(0);
}

}  // namespace arietta::ui
