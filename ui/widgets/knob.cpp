#include "ui/widgets/knob.h"

#include <algorithm>
#include <cmath>

#include "params/param_map.h"
#include "params/param_text.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kFirstAngle = 0.75f * kPi, kLastAngle = 2.25f * kPi;   // open at the bottom

void arc(ImVec2 centre, float radius, float from, float to, Color color, float width) {
  if (to - from < 0.01f) return;
  canvas()->PathArcTo(centre, radius, from, to, 0);
  canvas()->PathStroke(ink(color), 0, width);
}

void dial(const Rect& r, const ParamInfo& param, const ParamTouch& touch, Color tint) {
  const Tokens& t = tokens();
  const float radius = std::min(r.w, r.h) / 2 - 2;
  const ImVec2 centre{r.x + r.w / 2, r.y + r.h / 2};
  const float width = std::max(3.f, radius * 0.16f);
  const float angle = kFirstAngle + (kLastAngle - kFirstAngle) * touch.position;
  const bool two_sided = param.min < 0 && param.max > 0 && param.unit != Unit::kDecibel;
  const float zero = two_sided ? kFirstAngle + (kLastAngle - kFirstAngle) * to_position(param, 0) : kFirstAngle;

  canvas()->AddCircleFilled(centre, radius - width * 1.4f, ink(t.color.surface_raised));
  if (touch.held || touch.hovered) canvas()->AddCircleFilled(centre, radius - width * 1.4f, ink(t.color.text, 0.08f));
  arc(centre, radius - width / 2, kFirstAngle, kLastAngle, t.color.line, width);
  arc(centre, radius - width / 2, std::min(zero, angle), std::max(zero, angle), tint, width);
  const float inner = radius - width * 2.2f, length = radius * 0.32f;
  const ImVec2 way{std::cos(angle), std::sin(angle)};
  canvas()->AddLine({centre.x + way.x * (inner - length), centre.y + way.y * (inner - length)},
                    {centre.x + way.x * inner, centre.y + way.y * inner}, ink(t.color.text), std::max(2.f, width * 0.7f));
}

}  // namespace

void knob(App& app, const Rect& r, const ParamControl& control, Color tint) {
  const Tokens& t = tokens();
  const ParamTouch touch = control_param(app, r, control);
  Rect rest = r;
  const float line = t.text_small + 4;
  const Rect value = take_bottom(rest, line), label = take_bottom(rest, line);
  dial(rest, *control.param, touch, tint ? tint : t.color.accent);
  char text[kParamTextSize];
  write(label, control.name.empty() ? control.param->label : control.name, font_small(), t.color.text, Align::kCentre);
  write(value, param_text(*control.param, touch.plain, text), font_small(), touch.held ? t.color.accent : t.color.text_soft, Align::kCentre);
}

void small_knob(App& app, const Rect& r, const ParamControl& control, Color tint) {
  const Tokens& t = tokens();
  const ParamTouch touch = control_param(app, r, control);
  dial(r, *control.param, touch, tint ? tint : t.color.accent);
  if (!touch.held && !touch.hovered) return;
  char text[kParamTextSize];
  const std::string_view words = param_text(*control.param, touch.plain, text);
  const float line = t.text_small + t.space_2;
  const Rect bubble = centred({r.x, r.y - line, r.w, line}, text_width(words, font_small()) + t.space_3, line);
  fill(bubble, t.color.surface_raised, t.radius_small);
  write(bubble, words, font_small(), t.color.text, Align::kCentre);
}

}  // namespace arietta::ui
