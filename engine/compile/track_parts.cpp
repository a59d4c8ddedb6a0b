#include "compile/track_parts.h"

#include <algorithm>

#include "base/hash.h"
#include "base/note_event.h"
#include "compile/family_sounds.h"
#include "compile/plan_ids.h"
#include "params/param_map.h"
#include "song/chain.h"

namespace arietta {
namespace {

// More presets in one asset would be more than a page wants to fetch for one track.
constexpr size_t kMaxPresets = 16;

constexpr Id kSpareId = Id(1) << 39;                       // for a strip the song has lost: no counter gets there
constexpr int kDrumBank = 128;

std::vector<PlanParam> params_from(const Document& document, Id device, DeviceKind kind) {
  std::vector<PlanParam> params;
  for (const ParamInfo& info : params_of(kind)) {
    const float plain = param_of(document, device, info.index);
    if (plain != info.initial) params.push_back({info.index, 0, clamp_plain(info, plain)});
  }
  return params;
}

void play_family_sound(PartNode& node) {
  node.asset = 0;
  node.device = 0;
  node.params.clear();
  if (node.bank == kDrumBank) {
    node.kind = DeviceKind::drum_kit;
    return;
  }
  node.kind = DeviceKind::poly_synth;
  const float* values = &family_sound(node.program).shape;
  for (uint16_t index = 0; index < kFamilySoundParams; ++index) node.params.push_back({index, 0, values[index]});
}

std::vector<PartNode> effect_nodes(const Document& document, Id owner, int& room) {
  std::vector<PartNode> nodes;
  for (const Effect& effect : effects_of(document, owner)) {
    if (room-- <= 0) break;
    PartNode node;
    node.id = node_plan_id(effect.id);
    node.kind = effect.kind;
    node.params = params_from(document, effect.id, effect.kind);
    node.device = effect.id;
    node.bypassed = effect.bypassed;
    node.listens_to = effect.side_chain;
    nodes.push_back(std::move(node));
  }
  return nodes;
}

// What plays on a bus is neither muted by the solo of a track that goes there nor is it a track to be alone.
bool plays_notes(const Document& document, Id track) { return bus_number(document, track) == 0; }

PartNode instrument_node(const Document& document, Id track, const CompileOptions& options) {
  PartNode node;
  const std::optional<DeviceRef> device = instrument_of(document, track);
  if (!device) {                                           // a track that lost its instrument still sounds
    node.id = node_plan_id(track);
    node.kind = DeviceKind::poly_synth;
    return node;
  }
  node.id = node_plan_id(device->id);
  node.kind = device->kind;
  node.device = device->id;
  node.program = uint16_t(std::clamp(device->program, 0, 127));
  node.bank = uint16_t(std::clamp(device->bank, 0, 16383));
  node.params = params_from(document, device->id, device->kind);
  const std::vector<PresetRef> presets = presets_of(document, track);
  if (presets.empty()) return node;
  node.asset = asset_id(presets, device->soundfont);
  if (device->kind == DeviceKind::sampler) {               // nothing else sounds like what somebody recorded
    if (!options.ready_assets.count(node.asset)) node.asset = 0;
    return node;
  }
  if (!options.ready_assets.count(node.asset)) play_family_sound(node);
  return node;
}

PartNode strip_node(const Document& document, Id track, bool muted) {
  PartNode node;
  const std::optional<DeviceRef> device = strip_of(document, track);
  node.kind = DeviceKind::strip;
  node.id = node_plan_id(device ? device->id : track | kSpareId);
  if (device) node.params = params_from(document, device->id, DeviceKind::strip);
  if (device) node.device = device->id;
  if (!muted) return node;
  const auto is_mute = [](const PlanParam& param) { return param.index == param::strip::mute; };
  node.params.erase(std::remove_if(node.params.begin(), node.params.end(), is_mute), node.params.end());
  node.params.push_back({param::strip::mute, 0, 1});
  return node;
}

}  // namespace

std::vector<TrackParts> track_parts(const Document& document, const CompileOptions& options) {
  std::vector<Id> tracks = document.children(kSongId, Kind::track);
  if (tracks.size() > size_t(kMaxTracks)) tracks.resize(kMaxTracks);
  const auto set = [&](Id track, FieldKey key) { return document.find(track)->integer(key) != 0; };
  const bool any_solo = std::any_of(tracks.begin(), tracks.end(), [&](Id track) {
    return plays_notes(document, track) && set(track, field::track::solo);
  });
  int room = kMaxPlanEffects - int(effects_of(document, kSongId).size());
  std::vector<TrackParts> parts;
  for (Id track : tracks) {
    const bool plays = plays_notes(document, track);
    const bool muted = set(track, field::track::mute) || (plays && any_solo && !set(track, field::track::solo));
    const int number = bus_number(document, track);
    TrackParts part{track, number, {}, {}, {}};
    if (plays) part.instrument = instrument_node(document, track, options);
    part.effects = effect_nodes(document, track, room);
    part.strip = strip_node(document, track, muted);
    parts.push_back(std::move(part));
  }
  return parts;
}

MasterParts master_parts(const Document& document) {
  MasterParts parts;
  int room = kMaxPlanEffects;
  parts.effects = effect_nodes(document, kSongId, room);
  parts.limiter.id = kNodeLimiter;
  parts.limiter.kind = DeviceKind::limiter;
  for (Id id : document.children(kSongId, Kind::device)) {
    if (DeviceKind(document.find(id)->integer(field::device::device_kind)) != DeviceKind::limiter) continue;
    parts.limiter.device = id;
    parts.limiter.params = params_from(document, id, DeviceKind::limiter);
    break;
  }
  return parts;
}

std::vector<PresetRef> presets_of(const Document& document, Id track) {
  const std::optional<DeviceRef> device = instrument_of(document, track);
  if (device && device->kind == DeviceKind::sampler && !device->soundfont.empty()) return {{0, 0}};
  if (!device || device->kind != DeviceKind::soundfont) return {};
  std::vector<PresetRef> presets{{std::clamp(device->bank, 0, 16383), std::clamp(device->program, 0, 127)}};
  std::vector<PresetRef> later;
  for (Id clip : document.children(track, Kind::clip))
    for (Id id : document.children(clip, Kind::control)) {
      const Control control = read_control(document, id);
      if (NoteEventType(control.type) != NoteEventType::kProgram) continue;
      later.push_back({std::clamp(control.amount, 0, 16383), std::clamp(control.number, 0, 127)});
    }
  for (const PresetRef& preset : later)
    if (presets.size() < kMaxPresets && std::find(presets.begin(), presets.end(), preset) == presets.end())
      presets.push_back(preset);
  return presets;
}

std::vector<AssetNeed> assets_needed(const Document& document) {
  std::vector<AssetNeed> needs;
  for (Id track : document.children(kSongId, Kind::track)) {
    std::vector<PresetRef> presets = presets_of(document, track);
    if (presets.empty()) continue;
    const DeviceRef device = *instrument_of(document, track);
    const uint32_t asset = asset_id(presets, device.soundfont);
    const bool known = std::any_of(needs.begin(), needs.end(), [&](const AssetNeed& need) { return need.asset == asset; });
    if (!known) needs.push_back({asset, std::move(presets), device.soundfont, device.soundfont_name});
  }
  return needs;
}

uint32_t asset_id(const std::vector<PresetRef>& presets, std::string_view soundfont) {
  Hash64 hash;
  for (const PresetRef& preset : presets) hash.number(uint64_t(preset.bank)).number(uint64_t(preset.program));
  const uint32_t id = uint32_t(hash.text(soundfont).value());
  return id ? id : 1;
}

uint32_t track_plan_id(Id track) { return short_id(track) | 0x80000000u; }
uint32_t node_plan_id(Id device) { return short_id(device) | 0x80000000u; }

}  // namespace arietta
