#include "ui/widgets/fader.h"

#include "params/param_map.h"
#include "params/param_text.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kGrip = 8, kLine = 4, kValueWidth = 56, kWide = 150;

}  // namespace

void fader(App& app, const Rect& r, ParamControl control, Color tint) {
  const Tokens& t = tokens();
  Rect rest = r;
  const Rect value = r.w >= kWide ? take_right(rest, kValueWidth, t.space_1) : Rect{};
  const Rect way = inset(rest, kGrip, 0);
  control.across = true;
  control.travel = way.w;
  const ParamTouch touch = control_param(app, r, control);

  const ParamInfo& param = *control.param;
  const float middle = way.y + way.h / 2, x = way.x + way.w * touch.position;
  const bool two_sided = param.min < 0 && param.max > 0 && param.unit != Unit::kDecibel;
  const float zero = way.x + way.w * to_position(param, 0);
  const float from = two_sided ? std::min(zero, x) : way.x, to = two_sided ? std::max(zero, x) : x;
  const Color color = tint ? tint : t.color.accent;
  fill({way.x, middle - kLine / 2, way.w, kLine}, t.color.line, kLine / 2);
  fill({from, middle - kLine / 2, to - from, kLine}, color, kLine / 2);
  if (param.min < 0 && param.max > 0) fill({zero - 0.5f, middle - kGrip, 1, kGrip * 2}, t.color.line_strong);   // the neutral place
  if (touch.hovered || touch.held) canvas()->AddCircleFilled({x, middle}, kGrip + 5, ink(color, 0.22f));
  canvas()->AddCircleFilled({x, middle}, kGrip, ink(color));
  canvas()->AddCircleFilled({x, middle}, kGrip - 3, ink(t.color.surface));
  char text[kParamTextSize];
  write(value, param_text(param, touch.plain, text), font_small(), touch.held ? t.color.text : t.color.text_soft, Align::kRight);
}

}  // namespace arietta::ui
