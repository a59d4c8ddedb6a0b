// What a track plays with: its instrument as the engine will have it now, its effects, its strip, its asset.
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
  Id device = 0;                              // whose parameters they are; 0 when it is not the song's
  bool bypassed = false;
  Id listens_to = 0;                          // the track an effect is keyed by; 0 = none
};

struct TrackParts {
  Id track = 0;
  int bus = 0;                                // 0 plays notes; else the bus that gets this send of every strip
  PartNode instrument;                        // kind none: a bus
  std::vector<PartNode> effects;
  PartNode strip;
};

struct MasterParts {
  std::vector<PartNode> effects;
  PartNode limiter;
};

// The first kMaxTracks living tracks. Soloed tracks mute the others; a sampled instrument without its asset is
// replaced by the built-in sound of its family.                                             [main]
std::vector<TrackParts> track_parts(const Document& document, const CompileOptions& options);

MasterParts master_parts(const Document& document);                                        // [main]

// The presets a sampled track needs: the first one it plays, then those it changes to; empty for other instruments. [main]
std::vector<PresetRef> presets_of(const Document& document, Id track);

}  // namespace arietta
