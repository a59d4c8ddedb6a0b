// The mixing plan: which node works on which buffer, in which order.
#pragma once
#include <vector>

#include "plan/plan_format.h"

namespace arietta {

// Nodes are places in the plan's list of nodes.
inline constexpr uint16_t kNoNode = 0xffff;

struct EffectRoute {
  uint16_t node;
  bool bypassed = false;
  int listens_to = -1;                    // place of the track it is keyed by, before that track's fader; -1 = none
};
struct TrackRoute {
  uint16_t instrument, strip;             // kNoNode as instrument: a bus
  int bus = 0;                            // number of the bus this is, 0 = none
  std::vector<EffectRoute> effects;
};
struct MasterRoute {
  uint16_t reverb, limiter, metronome;
  std::vector<EffectRoute> effects;
};

// Tracks one after another through one buffer, into the master, the room and the buses; then the buses, the room, the
// master's effects, the metronome and the limiter. Tracks that others listen to go first; who listens in a circle does
// not hear. Of two buses with one number the first gets the sound.                            [main]
std::vector<PlanOp> route(const std::vector<TrackRoute>& tracks, const MasterRoute& master);

}  // namespace arietta
