// A mouse acts at once: a press adds, grabs or stretches, the right button deletes. A finger first shows what it wants:
// a tap adds or removes, a stroke scrolls, a long press grabs. Two fingers always scroll and zoom.
#include "ui/views/note_grid_input.h"

#include <imgui.h>

#include <cmath>

#include "ui/input.h"
#include "ui/platform/platform.h"
#include "ui/views/note_grid_gesture.h"
#include "ui/views/preview.h"

namespace arietta::ui {
namespace {

constexpr double kLongPressMs = 350;
constexpr float kFingerSlop = 9;        // a resting finger moves this much
constexpr float kFingerReach = 8;       // and lands this far from what it aims at
constexpr double kZoomPerUnit = 1.0 / 400;

void scroll(App& app, float dx, float dy) {
  const GridFrame& frame = note_grid_state().frame;
  app.grid().first_tick += double(dx) / frame.pixels_per_tick;
  app.grid().top_key -= dy / frame.key_height;
  clamp_view(app.grid(), frame);
  app.touch_screen();
}

void wheel(App& app, float x, float y) {
  const Input& in = input();
  if (in.wheel_x == 0 && in.wheel_y == 0) return;
  const GridFrame& frame = note_grid_state().frame;
  if (in.ctrl) zoom_time(app.grid(), frame, x, std::exp(-double(in.wheel_y) * kZoomPerUnit * 1.5));
  else if (in.alt) zoom_keys(app.grid(), frame, y, std::exp(-double(in.wheel_y) * kZoomPerUnit));
  else if (in.shift && in.wheel_x == 0) scroll(app, in.wheel_y, 0);
  else scroll(app, in.wheel_x, in.wheel_y);
  app.touch_screen();
}

void pinch(App& app) {
  const Pinch& p = input().pinch;
  NoteGridState& state = note_grid_state();
  if (state.drag.action != GridAction::kNone) cancel_drag(app);
  scroll(app, -p.dx, -p.dy);
  zoom_time(app.grid(), state.frame, p.x, double(p.zoom_x));
  zoom_keys(app.grid(), state.frame, p.y, double(p.zoom_y));
}

void place_cursor(App& app, float x, float y) {
  NoteGridState& state = note_grid_state();
  state.cursor_shown = false;
  app.cursor() = {snap_down(app.time(), app.grid().step, state.frame.tick_at(x)), state.frame.key_at(y)};
}

void press_key_at(App& app, float y) {
  const int key = note_grid_state().frame.key_at(y);
  GridDrag& drag = note_grid_state().drag;
  if (drag.action == GridAction::kKeys && drag.note.key == key) return;
  if (drag.action == GridAction::kKeys) app.key_up(drag.note.key, kFromMouse);
  drag.action = GridAction::kKeys;
  drag.note.key = int16_t(key);
  app.key_down(key, 0.8f, kFromMouse);
}

// Presses outside the notes mean the same by mouse and by finger.
bool press_beside_notes(App& app, float x, float y) {
  const GridFrame& frame = note_grid_state().frame;
  if (inside(frame.ruler, x, y)) return begin_ruler(app, x, y, input().alt), true;
  if (inside(frame.lane, x, y)) return begin_velocity(app, x, y), true;
  if (inside(frame.keys, x, y)) return press_key_at(app, y), true;
  return !inside(frame.notes, x, y);
}

void grab(App& app, const NoteHit& hit, float x, float y) {
  click_select(app, hit.note.id, false);
  hear(app, hit.note.key, hit.note.velocity);
  if (hit.part == NotePart::kBody) begin_move(app, hit.note, x, y);
  else begin_stretch(app, hit.note, hit.part == NotePart::kStart, x, y);
}

void mouse_press(App& app, float x, float y) {
  NoteGridState& state = note_grid_state();
  const Input& in = input();
  if (press_beside_notes(app, x, y)) return;
  place_cursor(app, x, y);
  const NoteHit hit = hit_note(app, x, y);
  if (hit && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && hit.note.id != state.last_added) return remove_note(app, hit.note.id);
  state.last_added = 0;
  if (in.shift || in.ctrl) return hit ? click_select(app, hit.note.id, true) : begin_box(app, x, y, true);
  if (hit) return grab(app, hit, x, y);
  if (state.tool == GridTool::kSelect) return begin_box(app, x, y, false);
  begin_add(app, x, y, in.alt);
}

void finger_press(App& app, float x, float y) {
  if (press_beside_notes(app, x, y)) return;
  GridDrag& drag = note_grid_state().drag;
  drag = {};
  drag.action = GridAction::kPress;
  drag.start_x = drag.last_x = x;
  drag.start_y = drag.last_y = y;
  drag.start_ms = platform::now_ms();
}

// Finds out what a resting finger wants.
void finger_wait(App& app, float x, float y) {
  NoteGridState& state = note_grid_state();
  GridDrag& drag = state.drag;
  app.touch_screen();
  if (std::hypot(x - drag.start_x, y - drag.start_y) > kFingerSlop) {
    if (state.tool == GridTool::kSelect) begin_box(app, drag.start_x, drag.start_y, false);
    else drag.action = GridAction::kScroll;
    drag.moved = true;
    return;
  }
  if (platform::now_ms() - drag.start_ms < kLongPressMs) return;
  place_cursor(app, x, y);
  if (const NoteHit hit = hit_note(app, x, y, kFingerReach)) grab(app, hit, x, y);
  else begin_add(app, x, y, false);
}

void finger_tap(App& app, float x, float y) {
  NoteGridState& state = note_grid_state();
  place_cursor(app, x, y);
  const NoteHit hit = hit_note(app, x, y, kFingerReach);
  if (state.tool == GridTool::kSelect) {
    if (hit) click_select(app, hit.note.id, true), hear(app, hit.note.key, hit.note.velocity);
    else app.select({});
    return;
  }
  if (hit) return remove_note(app, hit.note.id);
  begin_add(app, x, y, false);
  end_drag(app);
}

void release(App& app, float x, float y) {
  GridDrag& drag = note_grid_state().drag;
  if (drag.action == GridAction::kKeys) app.key_up(drag.note.key, kFromMouse);
  if (drag.action == GridAction::kPress) {
    drag = {};
    return finger_tap(app, x, y);
  }
  end_drag(app);
}

void hold(App& app, float x, float y) {
  switch (note_grid_state().drag.action) {
    case GridAction::kNone: return;
    case GridAction::kPress: return finger_wait(app, x, y);
    case GridAction::kKeys: return press_key_at(app, y);
    default: return drag_to(app, x, y, input().alt);
  }
}

void show_pointer(App& app, float x, float y) {
  const GridFrame& frame = note_grid_state().frame;
  if (inside(frame.lane, x, y)) return ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  if (!inside(frame.notes, x, y)) return;
  const NotePart part = hit_note(app, x, y).part;
  if (part == NotePart::kBody) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  else if (part != NotePart::kNone) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

}  // namespace

void note_grid_pointer(App& app) {
  NoteGridState& state = note_grid_state();
  const GridFrame& frame = state.frame;
  const Rect body{frame.all.x, frame.ruler.y, frame.all.w, frame.all.y + frame.all.h - frame.ruler.y};
  if (body.w < 1 || body.h < 1) return;
  ImGui::SetCursorScreenPos({body.x, body.y});
  ImGui::InvisibleButton("note grid", {body.w, body.h},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle);
  const ImVec2 at = ImGui::GetIO().MousePos;
  const bool hovered = ImGui::IsItemHovered();
  const Input& in = input();

  if (in.pinch.on && inside(body, in.pinch.x, in.pinch.y)) return pinch(app);
  if (hovered && state.drag.action == GridAction::kNone) wheel(app, at.x, at.y);
  if (ImGui::IsItemActivated()) {
    if (in.mouse_is_touch) finger_press(app, at.x, at.y);
    else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) mouse_press(app, at.x, at.y);
    else if (ImGui::IsMouseClicked(ImGuiMouseButton_Right) && inside(frame.notes, at.x, at.y)) {
      if (!hit_note(app, at.x, at.y)) app.select({});
      begin_erase(app, at.x, at.y);
    } else if (ImGui::IsMouseClicked(ImGuiMouseButton_Middle)) {
      state.drag = {};
      state.drag.action = GridAction::kScroll;
      state.drag.start_x = state.drag.last_x = at.x;
      state.drag.start_y = state.drag.last_y = at.y;
    }
  } else if (ImGui::IsItemActive()) {
    hold(app, at.x, at.y);
  } else if (hovered && !in.mouse_is_touch) {
    show_pointer(app, at.x, at.y);
  }
  // Also when the button was let go of while the grid was not on the screen: no gesture may stay open.
  if (ImGui::IsItemDeactivated() || (!ImGui::IsItemActive() && state.drag.action != GridAction::kNone)) release(app, at.x, at.y);
}

}  // namespace arietta::ui
