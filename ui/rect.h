// Cutting rectangles into rectangles: how every view lays itself out. "Take" functions cut a piece off `rest`.   [any]
#pragma once
#include <algorithm>

#include "ui/a11y/mirror.h"

namespace arietta::ui {

inline float right(const Rect& r) { return r.x + r.w; }
inline float bottom(const Rect& r) { return r.y + r.h; }
inline bool inside(const Rect& r, float x, float y) { return x >= r.x && y >= r.y && x < right(r) && y < bottom(r); }
inline Rect inset(const Rect& r, float dx, float dy) { return {r.x + dx, r.y + dy, std::max(0.f, r.w - 2 * dx), std::max(0.f, r.h - 2 * dy)}; }
inline Rect inset(const Rect& r, float by) { return inset(r, by, by); }

inline Rect take_left(Rect& rest, float w, float gap = 0) {
  w = std::clamp(w, 0.f, rest.w);
  const Rect cut{rest.x, rest.y, w, rest.h};
  const float used = std::min(rest.w, w + gap);
  rest.x += used, rest.w -= used;
  return cut;
}
inline Rect take_right(Rect& rest, float w, float gap = 0) {
  w = std::clamp(w, 0.f, rest.w);
  const Rect cut{right(rest) - w, rest.y, w, rest.h};
  rest.w -= std::min(rest.w, w + gap);
  return cut;
}
inline Rect take_top(Rect& rest, float h, float gap = 0) {
  h = std::clamp(h, 0.f, rest.h);
  const Rect cut{rest.x, rest.y, rest.w, h};
  const float used = std::min(rest.h, h + gap);
  rest.y += used, rest.h -= used;
  return cut;
}
inline Rect take_bottom(Rect& rest, float h, float gap = 0) {
  h = std::clamp(h, 0.f, rest.h);
  const Rect cut{rest.x, bottom(rest) - h, rest.w, h};
  rest.h -= std::min(rest.h, h + gap);
  return cut;
}
inline Rect centred(const Rect& in, float w, float h) { return {in.x + (in.w - w) / 2, in.y + (in.h - h) / 2, w, h}; }

}  // namespace arietta::ui
