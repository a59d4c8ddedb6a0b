#include "song/automation.h"

#include <algorithm>
#include <cmath>

#include "params/param_map.h"
#include "song/edit.h"

namespace arietta {
namespace {

constexpr int64_t kHolds = 1;                            // point.shape

uint16_t param_index(const Entity& point) { return uint16_t(point.integer(field::point::param)); }

const ParamInfo* info_of(const Document& document, Id device, uint16_t param) {
  const Entity* entity = document.find(device);
  const ParamInfo* info = entity ? find_param(DeviceKind(entity->integer(field::device::device_kind)), param) : nullptr;
  return info && (info->flags & kAutomatable) ? info : nullptr;
}

AutomationPoint read_point(const Entity& point) {
  return {point.id, point.integer(field::point::tick), float(point.real(field::point::plain)),
          point.integer(field::point::shape) == kHolds};
}

// Marks the points that are needed between first and last.
void keep_corners(const ParamInfo& info, const AutomationPoints& points, size_t first, size_t last, float tolerance,
                  std::vector<bool>& kept) {
  std::vector<std::pair<size_t, size_t>> todo{{first, last}};
  while (!todo.empty()) {
    const auto [a, b] = todo.back();
    todo.pop_back();
    const float from = to_position(info, points[a].plain), to = to_position(info, points[b].plain);
    const double length = double(std::max<Tick>(points[b].tick - points[a].tick, 1));
    size_t furthest = a;
    float most = tolerance;
    for (size_t i = a + 1; i < b; ++i) {
      const float part = float(double(points[i].tick - points[a].tick) / length);
      const float away = std::fabs(to_position(info, points[i].plain) - lerp(from, to, part));
      if (away > most) most = away, furthest = i;
    }
    if (furthest == a) continue;
    kept[furthest] = true;
    todo.push_back({a, furthest});
    todo.push_back({furthest, b});
  }
}

}  // namespace

AutomationPoints points_of(const Document& document, Id device, uint16_t param) {
  AutomationPoints points;
  for (Id id : document.children(device, Kind::point))
    if (const Entity& point = *document.find(id); param_index(point) == param) points.push_back(read_point(point));
  return points;
}

std::vector<uint16_t> automated_params(const Document& document, Id device) {
  std::vector<uint16_t> params;
  for (Id id : document.children(device, Kind::point)) {
    const uint16_t param = param_index(*document.find(id));
    if (info_of(document, device, param)) params.push_back(param);
  }
  std::sort(params.begin(), params.end());
  params.erase(std::unique(params.begin(), params.end()), params.end());
  return params;
}

bool is_automated(const Document& document, Id device, uint16_t param) {
  const std::vector<Id>& points = document.children(device, Kind::point);
  return info_of(document, device, param) &&
         std::any_of(points.begin(), points.end(), [&](Id id) { return param_index(*document.find(id)) == param; });
}

float position_at(const ParamInfo& info, const AutomationPoints& points, double tick) {
  const auto after = std::upper_bound(points.begin(), points.end(), tick,
                                      [](double t, const AutomationPoint& point) { return t < double(point.tick); });
  if (after == points.begin()) return to_position(info, points.front().plain);
  const AutomationPoint& from = *(after - 1);
  const float start = to_position(info, from.plain);
  if (after == points.end() || from.holds) return start;
  const double part = (tick - double(from.tick)) / double(after->tick - from.tick);
  return lerp(start, to_position(info, after->plain), float(part));
}

float plain_at(const ParamInfo& info, const AutomationPoints& points, double tick) {
  return to_plain(info, position_at(info, points, tick));
}

Id put_point(Document& document, Ops& ops, Id device, uint16_t param, Tick tick, float plain) {
  for (const AutomationPoint& point : points_of(document, device, param))
    if (point.tick == tick) {
      move_point(ops, point, tick, plain);
      return point.id;
    }
  const Id id = add_entity(document, ops, Kind::point, device);
  set_field(ops, id, Kind::point, field::point::tick, int64_t(tick));
  set_field(ops, id, Kind::point, field::point::param, int64_t(param));
  set_field(ops, id, Kind::point, field::point::plain, double(plain));
  return id;
}

void move_point(Ops& ops, const AutomationPoint& before, Tick tick, float plain) {
  if (tick != before.tick) set_field(ops, before.id, Kind::point, field::point::tick, int64_t(tick));
  if (plain != before.plain) set_field(ops, before.id, Kind::point, field::point::plain, double(plain));
}

void remove_points(const Document& document, Ops& ops, Id device, uint16_t param, Tick from, Tick to) {
  for (const AutomationPoint& point : points_of(document, device, param))
    if (point.tick >= from && point.tick <= to) remove(ops, point.id, Kind::point);
}

AutomationPoints simplified(const ParamInfo& info, const AutomationPoints& points, float tolerance) {
  if (points.size() < 3) return points;
  std::vector<bool> kept(points.size(), false);
  kept.front() = kept.back() = true;
  keep_corners(info, points, 0, points.size() - 1, tolerance, kept);
  AutomationPoints few;
  for (size_t i = 0; i < points.size(); ++i)
    if (kept[i]) few.push_back(points[i]);
  return few;
}

}  // namespace arietta
