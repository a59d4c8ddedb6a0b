#include "ui/widgets/meter.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "ui/platform/platform.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kBottomDb = -54, kWarmDb = -12, kHotDb = -3;
constexpr float kFallPerSecond = 0.7f;   // of the whole height
constexpr double kHoldMs = 1200;

struct Level {
  float shown[2] = {}, held[2] = {};
  double held_ms[2] = {}, last_ms = 0;
};

std::unordered_map<ItemId, Level>& levels() {
  static std::unordered_map<ItemId, Level> all;
  return all;
}

float place(float db) { return (db - kBottomDb) / -kBottomDb; }

void bar(const Rect& r, float level, float held) {
  const Palette& c = tokens().color;
  const bool upright = r.h > r.w;
  const auto part = [&](float from, float to) {
    return upright ? Rect{r.x, bottom(r) - r.h * to, r.w, r.h * (to - from)} : Rect{r.x + r.w * from, r.y, r.w * (to - from), r.h};
  };
  const float radius = std::min(r.w, r.h) / 2;
  const float warm = place(kWarmDb), hot = place(kHotDb);
  if (level > 0) fill(part(0, std::min(level, warm)), c.meter_low, radius);
  if (level > warm) fill(part(warm, std::min(level, hot)), c.meter_mid);
  if (level > hot) fill(part(hot, level), c.meter_high, radius);
  if (held > 0.02f) fill(part(std::max(0.f, held - 2 / std::max(r.w, r.h)), held), held > hot ? c.meter_high : held > warm ? c.meter_mid : c.meter_low);
}

}  // namespace

float meter_position(float peak) {
  if (!(peak > 0)) return 0;
  return std::clamp(place(20 * std::log10(peak)), 0.f, 1.f);
}

void meter(App& app, const Rect& r, ItemId id, float peak_left, float peak_right) {
  Level& level = levels()[id];
  const double now = platform::now_ms();
  const float fall = kFallPerSecond * float(std::clamp(now - level.last_ms, 0.0, 100.0)) / 1000;
  level.last_ms = now;
  const float peaks[2] = {meter_position(peak_left), meter_position(peak_right)};
  bool moves = false;
  for (int side = 0; side < 2; ++side) {
    float& shown = level.shown[side];
    shown = std::max(peaks[side], shown - fall);
    if (shown >= level.held[side]) level.held[side] = shown, level.held_ms[side] = now;
    else if (now - level.held_ms[side] > kHoldMs) level.held[side] = std::max(shown, level.held[side] - fall);
    moves = moves || shown > peaks[side] || level.held[side] > shown;
  }
  if (moves) app.touch_screen();
  const bool upright = r.h > r.w;
  fill(r, tokens().color.line, std::min(r.w, r.h) / 2);
  const float thick = (std::min(r.w, r.h) - 1) / 2;
  const Rect left = upright ? Rect{r.x, r.y, thick, r.h} : Rect{r.x, r.y, r.w, thick};
  const Rect other = upright ? Rect{r.x + thick + 1, r.y, thick, r.h} : Rect{r.x, r.y + thick + 1, r.w, thick};
  bar(left, level.shown[0], level.held[0]);
  bar(other, level.shown[1], level.held[1]);
}

}  // namespace arietta::ui
