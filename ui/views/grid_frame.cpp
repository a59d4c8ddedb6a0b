#include "ui/views/grid_frame.h"

#include <algorithm>
#include <cmath>

namespace arietta::ui {
namespace {

constexpr double kMinPixelsPerQuarter = 4, kMaxPixelsPerQuarter = 1600;
constexpr float kMinKeyHeight = 8, kMaxKeyHeight = 44;
constexpr float kRulerHeight = 30, kKeysWidth = 64, kKeysWidthCompact = 44;

}  // namespace

int GridFrame::key_at(float y) const {
  return std::clamp(int(std::ceil(top_key - (y - notes.y) / key_height)), 0, 127);
}

GridFrame make_grid_frame(const GridView& view, Rect area, bool compact, float lane_height, float tools_height) {
  GridFrame frame;
  frame.all = area;
  frame.first_tick = view.first_tick;
  frame.pixels_per_tick = view.pixels_per_quarter / double(kTicksPerQuarter);
  frame.top_key = view.top_key;
  frame.key_height = view.key_height;

  const float keys_width = compact ? kKeysWidthCompact : kKeysWidth;
  frame.tools = {area.x, area.y, area.w, tools_height};
  const float body_y = area.y + tools_height, body_h = std::max(0.0f, area.h - tools_height);
  const float lane = std::min(lane_height, body_h / 4);
  const float notes_h = std::max(0.0f, body_h - kRulerHeight - lane);
  const float notes_w = std::max(0.0f, area.w - keys_width);
  frame.ruler = {area.x + keys_width, body_y, notes_w, kRulerHeight};
  frame.keys = {area.x, body_y + kRulerHeight, keys_width, notes_h};
  frame.notes = {area.x + keys_width, body_y + kRulerHeight, notes_w, notes_h};
  frame.lane = {area.x + keys_width, body_y + kRulerHeight + notes_h, notes_w, lane};
  return frame;
}

void clamp_view(GridView& view, const GridFrame& frame) {
  view.pixels_per_quarter = std::clamp(view.pixels_per_quarter, kMinPixelsPerQuarter, kMaxPixelsPerQuarter);
  view.key_height = std::clamp(view.key_height, kMinKeyHeight, kMaxKeyHeight);
  view.first_tick = std::max(0.0, view.first_tick);
  const float lowest_top = std::min(127.0f, frame.notes.h / view.key_height - 1);
  view.top_key = std::clamp(view.top_key, lowest_top, 127.0f);
}

void zoom_time(GridView& view, const GridFrame& frame, float x, double factor) {
  const double tick = frame.tick_at(x);
  view.pixels_per_quarter = std::clamp(view.pixels_per_quarter * factor, kMinPixelsPerQuarter, kMaxPixelsPerQuarter);
  view.first_tick = tick - double(x - frame.notes.x) / (view.pixels_per_quarter / double(kTicksPerQuarter));
  clamp_view(view, frame);
}

void zoom_keys(GridView& view, const GridFrame& frame, float y, double factor) {
  const float key = frame.top_key - (y - frame.notes.y) / frame.key_height;
  view.key_height = std::clamp(float(view.key_height * factor), kMinKeyHeight, kMaxKeyHeight);
  view.top_key = key + (y - frame.notes.y) / view.key_height;
  clamp_view(view, frame);
}

Tick snap_down(const TimeMap& time, Tick step, double tick) {
  const Tick at = std::max<Tick>(0, Tick(std::floor(tick)));
  const Tick bar = time.tick_of_bar(time.bar_at(at).bar);
  return bar + (at - bar) / std::max<Tick>(1, step) * std::max<Tick>(1, step);
}

Tick snap_near(const TimeMap& time, Tick step, double tick) {
  const Tick below = snap_down(time, step, tick);
  const Tick next_bar = time.tick_of_bar(time.bar_at(below).bar + 1);
  const Tick above = std::min(below + std::max<Tick>(1, step), next_bar);
  return tick - double(below) < double(above) - tick ? below : above;
}

}  // namespace arietta::ui
