#include "ui/widgets/param_control.h"

#include <algorithm>
#include <cmath>

#include "params/param_map.h"
#include "params/param_text.h"
#include "ui/input.h"
#include "ui/platform/platform.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kFine = 0.2f;
constexpr float kWheelTravel = 2500;     // units of wheel from end to end
constexpr double kWheelPauseMs = 500;    // turns of the wheel closer together are one step of undo
constexpr float kStill = 3;

// The one control a person moves at a time.
struct Moving {
  ItemId id = 0;
  float position = 0;                    // kept apart from the value, which may have steps
  float moved = 0;
  bool by_wheel = false;
  double until_ms = 0;
};
Moving moving;

// Presses of arrow keys on the mirror's slider come in quick succession: together they are one step.
void set_piece(App& app, const ParamControl& c, float plain) {
  Ops ops;
  set_param(app.document_for_ids(), ops, c.device, c.param->index, plain);
  app.edit_piece(ops, c.param->label);
}

void drag(App& app, const ParamControl& c, float dx, float dy) {
  const float by = (c.across ? dx : dx - dy) * (input().shift ? kFine : 1);
  moving.moved += std::fabs(dx) + std::fabs(dy);
  if (by == 0) return;
  moving.position = std::clamp(moving.position + by / c.travel, 0.f, 1.f);
  app.drag_param(c.device, c.param->index, to_plain(*c.param, moving.position));
}

void turn_wheel(App& app, const ParamControl& c, ItemId id, float position) {
  if (!moving.by_wheel || moving.id != id) {
    app.begin_param(c.device, c.param->index);
    moving = {id, position, 0, true, 0};
  }
  moving.until_ms = platform::now_ms() + kWheelPauseMs;
  const float steps = c.param->curve == Curve::kSteps ? 3.f : 1.f;
  moving.position = std::clamp(moving.position - input().wheel_y * steps * (input().shift ? kFine : 1) / kWheelTravel, 0.f, 1.f);
  app.drag_param(c.device, c.param->index, to_plain(*c.param, moving.position));
}

// Straight parameters speak their own unit; bent ones are percent of the way, so that every arrow press is heard.
void mirror_slider(App& app, const Rect& r, const ParamControl& c, std::string_view name, float plain) {
  char words[kParamTextSize];
  const std::string_view said = param_words(*c.param, plain, words);
  const bool straight = c.param->curve == Curve::kLinear || c.param->curve == Curve::kSteps;
  if (straight) {
    const double range = double(c.param->max) - double(c.param->min);
    const double step = c.param->curve == Curve::kSteps ? 1 : range > 20 ? 1 : range > 2 ? 0.1 : 0.01;
    double value = double(plain);
    if (app.mirror().slider(name, r, value, double(c.param->min), double(c.param->max), step, said)) set_piece(app, c, float(value));
    return;
  }
  double percent = std::round(double(to_position(*c.param, plain)) * 1000) / 10;
  if (app.mirror().slider(name, r, percent, 0, 100, 1, said)) set_piece(app, c, to_plain(*c.param, float(percent) / 100));
}

}  // namespace

ParamTouch control_param(App& app, const Rect& r, const ParamControl& c) {
  const std::string_view name = c.name.empty() ? c.param->label : c.name;
  const ItemId id = app.mirror().id_of(name);
  ParamTouch touch;
  const float before = app.param(c.device, c.param->index);
  const Press p = c.drawn ? press(id, r) : Press{};
  const bool mine = moving.id == id;

  if (p.went_down) {
    app.begin_param(c.device, c.param->index);
    moving = {id, to_position(*c.param, before), 0, false, 0};
    if (p.double_clicked) {
      moving.position = to_position(*c.param, c.param->initial);
      app.drag_param(c.device, c.param->index, c.param->initial);
    }
  } else if (mine && p.held && !moving.by_wheel) {
    drag(app, c, p.dx, p.dy);
  } else if (mine && !p.held && !moving.by_wheel) {
    touch.clicked = p.clicked && moving.moved < kStill;
    moving = {};
    app.end_param(c.device, c.param->index);
  } else if (p.hovered && c.wheel && input().wheel_y != 0) {
    turn_wheel(app, c, id, to_position(*c.param, before));
  } else if (mine && moving.by_wheel) {
    if (platform::now_ms() > moving.until_ms) {
      moving = {};
      app.end_param(c.device, c.param->index);
    } else {
      app.touch_screen();
    }
  }
  mirror_slider(app, r, c, name, app.param(c.device, c.param->index));
  touch.plain = app.param(c.device, c.param->index);
  touch.position = to_position(*c.param, touch.plain);
  touch.hovered = p.hovered;
  touch.held = p.held;
  return touch;
}

}  // namespace arietta::ui
