#include "core/automation_player.h"

#include <algorithm>

#include "params/param_map.h"

namespace arietta {
namespace {

constexpr float kEaseBack_s = 0.3f;                // slow enough to be a movement, quick enough not to be waited for
constexpr uint32_t kHolds = 1;                     // PlanPoint::shape

}  // namespace

bool AutomationPlayer::prepare(float sample_rate, Arena& arena) {
  curves_ = arena.array<Curve>(kMaxCurves);
  blocks_back_ = std::max(1, int(kEaseBack_s * sample_rate / kMaxBlock));
  return !curves_.empty();
}

void AutomationPlayer::adopt(const PlanView& plan, Node* const* nodes) {
  count_ = 0;
  for (const PlanCurve& curve : plan.curves()) {
    Node* node = nodes[curve.node];
    const ParamInfo* param = find_param(node->kind, curve.param);
    Curve& slot = curves_[count_++];
    const bool same = slot.node == node && slot.param == param;      // nearly always: then it goes on easing back
    const Curve before = slot;
    slot = {node, param, plan.points_of(curve), 0, -1, 0, bool(node->gesture >> curve.param & 1), 0, 0};
    if (same) slot.held = before.held, slot.away = before.away, slot.blocks_back = before.blocks_back;
  }
}

void AutomationPlayer::run_block(double tick) {
  for (Curve& curve : curves_.first(count_)) {
    Node& node = *curve.node;
    const uint16_t index = curve.param->index;
    if (node.gesture >> index & 1) {
      curve.held = true;
      continue;
    }
    float wanted = position(curve, tick);
    if (curve.held) {
      curve.held = false;
      curve.away = to_position(*curve.param, node.values[index]) - wanted;
      curve.blocks_back = blocks_back_;
    }
    if (curve.blocks_back > 0) wanted += curve.away * float(--curve.blocks_back) / float(blocks_back_);
    if (wanted != curve.shown) {
      curve.shown = wanted;
      curve.plain = to_plain(*curve.param, wanted);
    }
    if (node.values[index] != curve.plain) node.set_value(index, curve.plain);
  }
}

float AutomationPlayer::position(Curve& curve, double tick) {
  const span<const PlanPoint> points = curve.points;
  const auto before = [](double t, const PlanPoint& point) { return t < double(point.tick); };
  const bool stays = double(points[curve.at].tick) <= tick &&
                     (curve.at + 1 == points.size() || tick < double(points[curve.at + 1].tick));
  if (!stays) {
    const auto after = std::upper_bound(points.begin(), points.end(), tick, before);
    curve.at = after == points.begin() ? 0 : size_t(after - points.begin()) - 1;
  }
  const PlanPoint& from = points[curve.at];
  if (tick <= double(from.tick) || from.shape == kHolds || curve.at + 1 == points.size()) return from.position;
  const PlanPoint& to = points[curve.at + 1];
  return lerp(from.position, to.position, float((tick - double(from.tick)) / double(to.tick - from.tick)));
}

}  // namespace arietta
