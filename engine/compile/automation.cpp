#include "compile/automation.h"

#include <algorithm>

#include "params/param_map.h"
#include "song/automation.h"

namespace arietta {
namespace {

constexpr Tick kLastTick = 0xfffffffe;

}  // namespace

void add_curves(const Document& document, Id device, DeviceKind kind, uint16_t node, std::vector<PlanCurve>& curves,
                std::vector<PlanPoint>& points) {
  for (const uint16_t param : automated_params(document, device)) {
    const ParamInfo* info = find_param(kind, param);
    const AutomationPoints drawn = points_of(document, device, param);
    if (!info || curves.size() == size_t(kMaxCurves) || points.size() + drawn.size() > size_t(kMaxPoints)) continue;
    curves.push_back({node, param, uint32_t(points.size()), uint32_t(drawn.size())});
    for (const AutomationPoint& point : drawn)
      points.push_back({uint32_t(std::clamp<Tick>(point.tick, 0, kLastTick)),
                        std::clamp(to_position(*info, point.plain), 0.0f, 1.0f), point.holds ? 1u : 0u});
  }
}

}  // namespace arietta
