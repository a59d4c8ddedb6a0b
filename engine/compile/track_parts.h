// What a track plays with: its instrument as the engine will have it now, its strip, its asset.
#pragma once
#include <vector>

#include "compile/compile_plan.h"
#include "song/edit.h"

namespace arietta {

struct PartNode {
  uint32_t id = 0;
  DeviceKind kind = DeviceKind::none;
  uint32_t asset = 0;
  uint16_t program = 0, bank = 0;
  std::vector<PlanParam> params;              // those that differ from their defaults
};

struct TrackParts {
  Id track = 0;
  PartNode instrument, strip;
};

// The first kMaxTracks living tracks. Soloed tracks mute the others; a sampled instrument without its asset is
// replaced by the built-in sound of its family.                                             [main]
std::vector<TrackParts> track_parts(const Document& document, const CompileOptions& options);

// The presets a sampled track needs: the first one it plays, then those it changes to; empty for other instruments. [main]
std::vector<PresetRef> presets_of(const Document& document, Id track);

}  // namespace arietta
