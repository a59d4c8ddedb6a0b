// How late each path of a plan is, and who has to wait so that all come out together. Walks the op list, so it knows
// nothing of tracks or buses.
#pragma once
#include "core/node.h"
#include "plan/plan_view.h"

namespace arietta {

// Gives the frames each node's WaitLine keeps back in `waits` (as many as the plan has nodes) and returns how late the
// plan's output is. An effect keeps its own dry signal back; the others are those of the plan's kAlign.    [audio]
int find_waits(const PlanView& plan, Node* const* nodes, int* waits) ARIETTA_RT;

}  // namespace arietta
