#include "ui/views/automation_lane.h"

#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "params/param_map.h"
#include "params/param_text.h"
#include "song/ranges.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/views/automation_state.h"
#include "ui/views/grid_lines.h"
#include "ui/views/note_grid_state.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

namespace arietta::ui {
namespace {

constexpr float kHeight = 148, kHead = 44, kDot = 5;
constexpr float kReach = 10, kFingerReach = 18;          // how near a point a press must be to mean it
constexpr int kMostInMirror = 24;                        // points around the cursor; a page slows down beyond some hundred nodes

struct Lane {
  App& app;
  const AutomatedKnob& knob;
  AutomationPoints points;
  const GridFrame& grid;
  Rect canvas;
  LaneState& state = lane_state();

  const ParamInfo& param() const { return *knob.param; }
  float y_of(float position) const { return bottom(canvas) - 6 - position * (canvas.h - 12); }
  float position_of(float y) const { return std::clamp((bottom(canvas) - 6 - y) / (canvas.h - 12), 0.f, 1.f); }
  float plain_of(float y) const { return to_plain(param(), position_of(y)); }
  float shown_at(double tick) const {
    return points.empty() ? to_position(param(), app.param(knob.device, param().index)) : position_at(param(), points, tick);
  }
  const AutomationPoint* selected() const {
    const auto at = std::find_if(points.begin(), points.end(), [&](const AutomationPoint& p) { return p.id == state.selected; });
    return at == points.end() ? nullptr : &*at;
  }
  Tick snapped(float x) const { return std::max<Tick>(0, snap_near(app.time(), grid_step(app, input().alt), grid.tick_at(x))); }
  std::string step() const { return tr(Text::kEditAutomation, knob.name); }
};

std::string value_words(const ParamInfo& param, float plain) {
  char words[kParamTextSize];
  return std::string(param_words(param, plain, words));
}

const AutomationPoint* point_near(const Lane& lane, float x, float y) {
  const float reach = input().mouse_is_touch ? kFingerReach : kReach;
  const AutomationPoint* nearest = nullptr;
  float least = reach;
  for (const AutomationPoint& point : lane.points) {
    const float away = std::hypot(lane.grid.x_of(double(point.tick)) - x, lane.y_of(to_position(lane.param(), point.plain)) - y);
    if (away < least) least = away, nearest = &point;
  }
  return nearest;
}

void remove_point(const Lane& lane, Id point) {
  Ops ops;
  remove(ops, point, Kind::point);
  lane.app.edit(ops, lane.step());
  if (lane.state.selected == point) lane.state.selected = 0;
}

// Points on every step of the grid between where the pointer was and where it is.
void draw_to(const Lane& lane, float x, float y) {
  App& app = lane.app;
  const Tick to = lane.snapped(x), from = lane.state.last_tick;
  const float position = lane.position_of(y), before = lane.state.last_position;
  const Tick step = std::max<Tick>(grid_step(app, input().alt), kTicksPerQuarter / 16);
  const int64_t count = std::max<int64_t>(1, std::llabs(to - from) / step);
  Ops ops;
  if (to != from) remove_points(app.document(), ops, lane.knob.device, lane.param().index, std::min(from, to) + (to > from ? 1 : 0),
                                std::max(from, to) - (to > from ? 0 : 1));
  if (!ops.empty()) app.edit(ops, lane.step());
  for (int64_t i = 1; i <= count; ++i) {
    Ops put;
    const float part = float(i) / float(count);
    lane.state.selected = put_point(app.document_for_ids(), put, lane.knob.device, lane.param().index,
                                    from + (to - from) * i / count, to_plain(lane.param(), lerp(before, position, part)));
    if (!put.empty()) app.edit(put, lane.step());
  }
  lane.state.last_tick = to;
  lane.state.last_position = position;
}

// A point stays between its neighbours.
void move_to(const Lane& lane, float x, float y) {
  const AutomationPoint* point = lane.selected();
  if (!point) return;
  const size_t at = size_t(point - lane.points.data());
  const Tick low = at > 0 ? lane.points[at - 1].tick + 1 : 0;
  const Tick high = at + 1 < lane.points.size() ? lane.points[at + 1].tick - 1 : kMaxTick;
  Ops ops;
  move_point(ops, *point, std::clamp(lane.snapped(x), std::min(low, high), high), lane.plain_of(y));
  if (!ops.empty()) lane.app.edit(ops, lane.step());
}

void pointer(const Lane& lane) {
  LaneState& state = lane.state;
  const Press p = press("curve", lane.canvas);
  const ImVec2 at = ImGui::GetIO().MousePos;
  const AutomationPoint* near = p.hovered || p.held ? point_near(lane, at.x, at.y) : nullptr;
  if (near && (p.right_clicked || p.double_clicked)) {
    if (state.drawing || state.moving) lane.app.end_gesture();
    state.drawing = state.moving = false;
    return remove_point(lane, near->id);
  }
  if (p.went_down) {
    lane.app.begin_gesture(lane.step());
    state.moving = near != nullptr;
    state.drawing = !near;
    state.selected = near ? near->id : 0;
    if (state.drawing) {
      state.last_tick = lane.snapped(at.x);
      state.last_position = lane.position_of(at.y);
      draw_to(lane, at.x, at.y);
    }
  } else if (p.held && (p.dx != 0 || p.dy != 0)) {
    if (state.drawing) draw_to(lane, at.x, at.y);
    if (state.moving) move_to(lane, at.x, at.y);
  } else if (!p.held && (state.drawing || state.moving)) {
    state.drawing = state.moving = false;
    lane.app.end_gesture();
  }
}

void draw_curve(const Lane& lane, Color tint) {
  const Tokens& t = tokens();
  const Rect& r = lane.canvas;
  const Clip clip(r);
  for (const float level : {0.25f, 0.5f, 0.75f}) fill({r.x, lane.y_of(level), r.w, 1}, t.color.grid_step);
  for (const GridLine& line : grid_lines(lane.app.time(), Tick(lane.grid.first_tick), Tick(lane.grid.last_tick()) + 1,
                                         lane.app.grid().step, lane.grid.pixels_per_tick)) {
    if (line.kind == LineKind::kStep) continue;
    fill({std::floor(lane.grid.x_of(double(line.tick))), r.y, 1, r.h}, line.kind == LineKind::kBar ? t.color.grid_bar : t.color.grid_beat);
  }
  constexpr float kEvery = 2;                            // pixels
  const bool drawn = !lane.points.empty();
  const float alpha = drawn ? 1.f : 0.4f;
  for (float x = r.x; x < right(r); x += kEvery) {
    const float from = lane.y_of(lane.shown_at(lane.grid.tick_at(x))), to = lane.y_of(lane.shown_at(lane.grid.tick_at(x + kEvery)));
    fill({x, from, kEvery, bottom(r) - from}, tint, 0, 0.14f * alpha);
    canvas()->AddLine({x, from}, {x + kEvery, to}, ink(tint, alpha), 2);
  }
  for (const AutomationPoint& point : lane.points) {
    const ImVec2 at{lane.grid.x_of(double(point.tick)), lane.y_of(to_position(lane.param(), point.plain))};
    const bool selected = point.id == lane.state.selected;
    canvas()->AddCircleFilled(at, kDot + (selected ? 2 : 0), ink(t.color.surface));
    canvas()->AddCircleFilled(at, kDot - 1 + (selected ? 2 : 0), ink(selected ? t.color.selection : tint));
  }
  const float now = lane.grid.x_of(lane.app.song_tick());
  fill({now, r.y, 2, r.h}, t.color.playhead);
  if (!drawn) write(r, tr(input().coarse ? Text::kTapToAutomate : Text::kClickToAutomate, lane.knob.name), font_small(), t.color.text_soft, Align::kCentre);
}

// The value beside the point that is moved.
void draw_value(const Lane& lane) {
  const AutomationPoint* point = lane.selected();
  if (!point || !(lane.state.moving || lane.state.drawing)) return;
  const Tokens& t = tokens();
  char text[kParamTextSize];
  const std::string_view words = param_text(lane.param(), point->plain, text);
  const float width = text_width(words, font_small()) + t.space_3, height = t.text_small + t.space_2;
  const float x = std::clamp(lane.grid.x_of(double(point->tick)) + t.space_2, lane.canvas.x, right(lane.canvas) - width);
  const Rect bubble{x, std::max(lane.canvas.y, lane.y_of(to_position(lane.param(), point->plain)) - height - t.space_1), width, height};
  fill(bubble, t.color.surface_raised, t.radius_small);
  write(bubble, words, font_small(), t.color.text, Align::kCentre);
}

// A slider for each point near the cursor; the one with the focus is selected.
void mirror_points(const Lane& lane) {
  App& app = lane.app;
  const auto cursor = std::lower_bound(lane.points.begin(), lane.points.end(), app.cursor().tick,
                                       [](const AutomationPoint& p, Tick tick) { return p.tick < tick; });
  const size_t first = size_t(std::max<std::ptrdiff_t>(0, cursor - lane.points.begin() - kMostInMirror / 2));
  for (size_t i = first; i < std::min(lane.points.size(), first + kMostInMirror); ++i) {
    const AutomationPoint& point = lane.points[i];
    const std::string name = tr(Text::kAutomationPoint, std::to_string(i + 1), app.describe_place(point.tick));
    const float x = lane.grid.x_of(double(point.tick)), y = lane.y_of(to_position(lane.param(), point.plain));
    const Rect r{std::clamp(x - kReach, lane.canvas.x, right(lane.canvas)), y - kReach, 2 * kReach, 2 * kReach};
    if (app.mirror().has_focus(app.mirror().id_of(name))) lane.state.selected = point.id;
    double percent = std::round(double(to_position(lane.param(), point.plain)) * 1000) / 10;
    if (!app.mirror().slider(name, r, percent, 0, 100, 1, value_words(lane.param(), point.plain))) continue;
    Ops ops;
    move_point(ops, point, point.tick, to_plain(lane.param(), float(percent) / 100));
    app.edit_piece(ops, lane.step());
  }
}

void shift_point(const Lane& lane, int steps) {
  const AutomationPoint* point = lane.selected();
  if (!point) return;
  Ops ops;
  move_point(ops, *point, std::max<Tick>(0, point->tick + steps * grid_step(lane.app, false)), point->plain);
  lane.app.edit_piece(ops, lane.step());
  lane.app.mirror().say(lane.app.describe_place(std::max<Tick>(0, point->tick + steps * grid_step(lane.app, false))));
}

void add_at_cursor(const Lane& lane) {
  App& app = lane.app;
  const Tick tick = app.cursor().tick;
  Ops ops;
  lane.state.selected = put_point(app.document_for_ids(), ops, lane.knob.device, lane.param().index, tick,
                                  to_plain(lane.param(), lane.shown_at(double(tick))));
  app.edit(ops, lane.step());
  app.mirror().say(tr(Text::kSaidPointAdded, app.describe_place(tick)));
}

void head(Lane& lane, Rect r, const KnobList& list) {
  App& app = lane.app;
  const Tokens& t = tokens();
  Button add{tr(Text::kAddPoint), kIconPlus}, gone{tr(Text::kRemovePoint), kIconX}, clear{tr(Text::kClearAutomation), kIconTrash2};
  Button earlier{tr(Text::kPointEarlier), kIconChevronLeft}, later{tr(Text::kPointLater), kIconChevronRight};
  gone.disabled = earlier.disabled = later.disabled = !lane.selected();
  clear.disabled = lane.points.empty();
  const Rect keys = take_right(r, 5 * 40.f, t.space_2);
  int chosen = int(&lane.knob - list.knobs.data());
  Combo c{tr(Text::kAutomatedKnob), list.names, chosen, kIconSpline, {}, &list.headings};
  if (combo(app.mirror(), inset(take_left(r, std::min(r.w, 280.f)), 0, 4), c, chosen)) lane.state.chosen = list.knobs[size_t(chosen)];
  Rect rest = keys;
  if (button(app.mirror(), take_left(rest, 40), add)) add_at_cursor(lane);
  if (button(app.mirror(), take_left(rest, 40), earlier)) shift_point(lane, -1);
  if (button(app.mirror(), take_left(rest, 40), later)) shift_point(lane, 1);
  if (button(app.mirror(), take_left(rest, 40), gone)) remove_point(lane, lane.state.selected);
  if (button(app.mirror(), rest, clear)) {
    Ops ops;
    remove_points(app.document(), ops, lane.knob.device, lane.param().index, 0, kMaxTick);
    app.edit(ops, lane.step());
  }
}

}  // namespace

bool automation_lane_open() { return lane_state().open; }
void open_automation_lane(bool open) { lane_state().open = open; }
float automation_lane_height(const Rect& notes) { return lane_state().open ? std::min(kHeight, notes.h / 2) : 0; }

void draw_automation_lane(App& app, Rect area) {
  if (area.w <= 0 || area.h <= kHead) return;
  const Tokens& t = tokens();
  const Id owner = app.sound_owner();
  const KnobList list = automatable_knobs(app, owner);
  const AutomatedKnob* knob = shown_knob(list);
  app.mirror().open(Role::kGroup, tr(Text::kAutomation), area);
  if (!knob) {
    write(area, tr(Text::kNothingToAutomate), font_small(), t.color.text_soft, Align::kCentre);
    app.mirror().close();
    return;
  }
  Rect rest = inset(area, t.space_2, 0);
  const Rect top = take_top(rest, kHead);
  const GridFrame& grid = note_grid_state().frame;
  Lane lane{app, *knob, points_of(app.document(), knob->device, knob->param->index), grid,
            {grid.notes.x, rest.y, grid.notes.w, rest.h - t.space_1}};
  lane.state.canvas = lane.canvas;
  fill(lane.canvas, t.color.surface_sunken, t.radius_small);
  pointer(lane);
  lane.points = points_of(app.document(), knob->device, knob->param->index);
  draw_curve(lane, t.color.accent);
  draw_value(lane);
  head(lane, top, list);
  mirror_points(lane);
  app.mirror().close();
}

}  // namespace arietta::ui
