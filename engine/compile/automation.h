// A device's automation as the plan's curves: knob positions, so that the engine goes along the knob's way.
#pragma once
#include <vector>

#include "plan/plan_format.h"
#include "song/document.h"

namespace arietta {

// Appends a curve for each automated parameter of the device, which is the plan's node number `node`; none beyond what
// the engine takes.                                                                          [main]
void add_curves(const Document& document, Id device, DeviceKind kind, uint16_t node, std::vector<PlanCurve>& curves,
                std::vector<PlanPoint>& points);

}  // namespace arietta
