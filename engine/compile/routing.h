// The mixing plan: which node works on which buffer, in which order.
#pragma once
#include <vector>

#include "plan/plan_format.h"

namespace arietta {

// Where a track's two nodes stand in the plan's list of nodes.
struct TrackNodes { uint16_t instrument, strip; };
struct MasterNodes { uint16_t reverb, limiter, metronome; };

// Tracks one after another through one buffer, into the master and the reverb's; then the reverb, the metronome and
// the limiter. Three buffers are enough for any number of tracks.                            [main]
std::vector<PlanOp> route(const std::vector<TrackNodes>& tracks, const MasterNodes& master);

}  // namespace arietta
