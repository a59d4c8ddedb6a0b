// Document -> plan. The head is made anew each time (it is small); a track's chunk only when the track's content
// changed, told by its hash.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "plan/plan_format.h"
#include "song/document.h"

namespace arietta {

struct CompileOptions {
  // Assets the engine has. A sampled instrument whose asset is missing gets a built-in synth of its family instead,
  // so there is sound before the download ends.
  std::unordered_set<uint32_t> ready_assets;
};

struct CompiledChunk {
  uint32_t track_id = 0;
  uint64_t hash = 0;
  std::shared_ptr<const std::vector<uint8_t>> bytes;
};

struct CompiledPlan {
  std::vector<uint8_t> head;
  std::vector<CompiledChunk> chunks;      // one per track, in track order
  uint32_t revision;
};

// A preset of a SoundFont, as MIDI names it.
struct PresetRef {
  int bank, program;                      // bank 128 = drum kits
  bool operator==(const PresetRef&) const = default;
};

// One asset the engine plays from. It holds several presets when the track changes its program on the way.
struct AssetNeed {
  uint32_t asset;                         // asset_id() of the rest
  std::vector<PresetRef> presets;         // at least one; the first is the one the track starts with
  std::string soundfont;                  // "" = the studio's own bank
  std::string soundfont_name;             // of the file, for people
};

class PlanCompiler {
 public:
  CompiledPlan compile(const Document&, const CompileOptions&);            // [main]

 private:
  struct Cached { uint64_t content_hash = 0; CompiledChunk chunk; };
  Cached track_chunk(const Document&, Id track) const;

  std::unordered_map<Id, Cached> cache_;
  uint32_t revision_ = 0;
};

// Every asset a song plays from, each once, in track order.                               [main]
std::vector<AssetNeed> assets_needed(const Document&);
uint32_t asset_id(const std::vector<PresetRef>& presets, std::string_view soundfont);      // never 0
uint32_t track_plan_id(Id track);          // PlanTrack::id of a track entity
uint32_t node_plan_id(Id device);          // PlanNode::id of a device entity (100 and up)

// The whole plan as one packet of frames (plan_begin .. plan_commit); chunks whose hash is in `engine_has` become
// plan_keep.                                                                              [main]
std::vector<uint8_t> plan_packet(const CompiledPlan&, const std::unordered_map<uint32_t, uint64_t>& engine_has, uint32_t& seq);

}  // namespace arietta
