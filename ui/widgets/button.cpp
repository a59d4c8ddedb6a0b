#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

struct Face { Color surface, content; bool filled; };

Face face_of(const Button& b, const Press& p) {
  const Palette& c = tokens().color;
  const Color tint = b.tint ? b.tint : c.accent;
  if (b.disabled) return {c.surface_raised, c.text_soft, b.look == Look::kPlain};
  if (b.pressed == 1) return {c.accent_soft, tint, true};
  switch (b.look) {
    case Look::kAccent: return {tint, c.text_on_accent, true};
    case Look::kDanger: return {c.surface_raised, c.danger, true};
    case Look::kSoft: return {c.accent_soft, tint, true};
    case Look::kPlain: return {c.surface_raised, c.text, true};
    case Look::kQuiet: break;
  }
  return {c.surface_raised, p.hovered || p.held ? c.text : c.text_soft, p.hovered || p.held};
}

}  // namespace

float button_width(const Button& b) {
  const Tokens& t = tokens();
  if (b.words.empty()) return t.touch;
  return t.space_3 * 2 + (b.icon ? t.icon + t.space_2 : 0) + text_width(b.words, font_text());
}

bool button(Mirror& mirror, const Rect& r, const Button& b) {
  const Tokens& t = tokens();
  const ItemId id = mirror.id_of(b.key.empty() ? b.name : b.key);
  const Press p = b.disabled ? Press{} : press(id, r);
  const Face face = face_of(b, p);
  const float radius = r.h >= t.touch ? t.radius + 2 : t.radius;
  // A toolbar's surface is a little smaller than what a finger may hit.
  const Rect shown = b.words.empty() && b.look == Look::kQuiet ? inset(r, 3) : r;
  if (face.filled) fill(shown, face.surface, radius, b.disabled ? 0.5f : 1);
  if (p.hovered && face.filled && b.look != Look::kQuiet) fill(shown, t.color.text, radius, 0.08f);
  if (p.held) fill(shown, t.color.text, radius, 0.10f);
  if (t.line > 1 && (b.look != Look::kQuiet || b.pressed == 1)) outline(shown, t.color.line_strong, radius, t.line);

  Rect rest = r;
  if (b.words.empty()) {
    if (b.icon) draw_icon(r, b.icon, face.content);
  } else {
    const float wide = (b.icon ? t.icon + t.space_2 : 0) + text_width(b.words, font_text());
    rest = inset(r, std::max(t.space_1, (r.w - wide) / 2), 0);
    if (b.icon) draw_icon(take_left(rest, t.icon, t.space_2), b.icon, face.content);
    write(rest, b.words, font_text(), face.content);
  }
  const bool asked = mirror.button(b.name, r, b.disabled, b.pressed, b.key, b.help);
  return (p.clicked || asked) && !b.disabled;
}

bool checkbox(Mirror& mirror, const Rect& r, std::string_view name, bool on, const char* icon, std::string_view words,
              Color tint) {
  const Tokens& t = tokens();
  const Press p = press(mirror.id_of(name), r);
  const Color on_color = tint ? tint : t.color.accent;
  if (icon || words.size() == 1) {             // a key that stays in: M, S, loop
    const Rect shown = inset(r, 3);
    if (on) fill(shown, tint ? tint : t.color.accent_soft, t.radius);
    else if (p.hovered) fill(shown, t.color.surface_raised, t.radius);
    if (p.held) fill(shown, t.color.text, t.radius, 0.1f);
    const Color content = on ? (tint ? t.color.text_on_accent : t.color.accent) : p.hovered ? t.color.text : t.color.text_soft;
    if (icon) draw_icon(r, icon, content);
    else write(r, words, font_text(), content, Align::kCentre);
  } else {
    Rect rest = r;
    const Rect track = centred(take_left(rest, 40, t.space_2), 36, 20);
    fill(track, on ? on_color : t.color.surface_sunken, 10);
    outline(track, on ? on_color : t.color.line_strong, 10);
    const float knob_x = on ? right(track) - 10 : track.x + 10;
    canvas()->AddCircleFilled({knob_x, track.y + 10}, 7, ink(on ? t.color.text_on_accent : t.color.text_soft));
    write(rest, words.empty() ? name : words, font_text(), t.color.text);
  }
  return mirror.checkbox(name, r, on) || p.clicked;
}

}  // namespace arietta::ui
