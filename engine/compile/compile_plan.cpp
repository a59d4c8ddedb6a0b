#include "compile/compile_plan.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "compile/automation.h"
#include "compile/routing.h"
#include "compile/schedule.h"
#include "compile/track_parts.h"
#include "song/edit.h"
#include "song/time.h"

namespace arietta {
namespace {

// A song may hold tempos beyond what the engine plays; they sound as the nearest it can.
constexpr double kSlowest = 1, kFastest = 10000;
constexpr Tick kLastTick = 0xffffffff;

// Everything of a head before it is laid out as bytes.
struct HeadParts {
  std::vector<PlanNode> nodes;
  std::vector<Id> devices;                     // of each node, 0 = none of the song's
  std::vector<PlanOp> ops;
  std::vector<PlanParam> params;
  std::vector<PlanTempo> tempos;
  std::vector<PlanMeter> meters;
  std::vector<PlanTrack> tracks;
  std::vector<PlanCurve> curves;
  std::vector<PlanPoint> points;
};

uint16_t add_node(HeadParts& head, const PartNode& part, uint16_t track) {
  head.nodes.push_back({part.id, uint16_t(part.kind), track, uint32_t(head.params.size()), uint32_t(part.params.size()),
                        part.asset, part.program, part.bank});
  head.devices.push_back(part.device);
  head.params.insert(head.params.end(), part.params.begin(), part.params.end());
  return uint16_t(head.nodes.size() - 1);
}

std::vector<EffectRoute> add_effects(HeadParts& head, const std::vector<PartNode>& effects, uint16_t track,
                                     const std::unordered_map<Id, int>& places) {
  std::vector<EffectRoute> routes;
  for (const PartNode& effect : effects) {
    const auto heard = places.find(effect.listens_to);
    routes.push_back({add_node(head, effect, track), effect.bypassed, heard == places.end() ? -1 : heard->second});
  }
  return routes;
}

uint16_t add_master_node(HeadParts& head, uint32_t id, DeviceKind kind) {
  PartNode part;
  part.id = id;
  part.kind = kind;
  return add_node(head, part, 0xffff);
}

void add_time(HeadParts& head, const Document& document) {
  const TimeMap map(document);
  for (const TempoPoint& point : map.tempos()) {
    if (head.tempos.size() == size_t(kMaxTempos)) break;
    const double tempo = 60e6 / double(std::max<int64_t>(point.us_per_quarter, 1));
    head.tempos.push_back({point.tick, std::clamp(tempo, kSlowest, kFastest)});
  }
  for (const MeterPoint& point : map.meters()) {
    if (head.meters.size() == size_t(kMaxMeters)) break;
    head.meters.push_back({point.tick, uint16_t(point.beats), uint16_t(point.beat_unit), 0});
  }
}

template <class T>
PlanSection append(std::vector<uint8_t>& bytes, const std::vector<T>& items) {
  const PlanSection section{uint32_t(bytes.size()), uint32_t(items.size())};
  const size_t count = items.size() * sizeof(T);
  bytes.resize((bytes.size() + count + 7) & ~size_t(7));
  if (count) std::memcpy(bytes.data() + section.offset, items.data(), count);
  return section;
}

std::vector<uint8_t> lay_out(const HeadParts& parts, uint32_t revision, const Document& document) {
  std::vector<uint8_t> bytes(sizeof(PlanHead));
  PlanHead head{};
  head.magic = kPlanMagic;
  head.version = kPlanVersion;
  head.head_bytes = sizeof(PlanHead);
  head.revision = revision;
  head.length = std::clamp<Tick>(song_length(document), 0, kLastTick);
  const Entity& song = document.song();
  head.loop_start = std::clamp<Tick>(song.integer(field::song::loop_start), 0, kLastTick);
  head.loop_end = std::clamp<Tick>(song.integer(field::song::loop_end), head.loop_start, kLastTick);
  head.nodes = append(bytes, parts.nodes);
  head.ops = append(bytes, parts.ops);
  head.params = append(bytes, parts.params);
  head.tempos = append(bytes, parts.tempos);
  head.meters = append(bytes, parts.meters);
  head.tracks = append(bytes, parts.tracks);
  head.curves = append(bytes, parts.curves);
  head.points = append(bytes, parts.points);
  head.total_bytes = uint32_t(bytes.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  return bytes;
}

}  // namespace

CompiledPlan PlanCompiler::compile(const Document& document, const CompileOptions& options) {
  CompiledPlan plan;
  plan.revision = ++revision_;
  HeadParts head;
  std::vector<TrackRoute> routes;
  std::unordered_map<Id, Cached> used;
  const std::vector<TrackParts> parts = track_parts(document, options);
  std::unordered_map<Id, int> places;
  for (const TrackParts& part : parts) places.emplace(part.track, int(places.size()));
  for (const TrackParts& part : parts) {
    const uint16_t place = uint16_t(head.tracks.size());
    const bool plays = part.instrument.kind != DeviceKind::none;
    TrackRoute nodes{plays ? add_node(head, part.instrument, place) : kNoNode, 0, part.bus, {}};
    nodes.effects = add_effects(head, part.effects, place, places);
    nodes.strip = add_node(head, part.strip, place);
    const Cached& cached = used[part.track] = track_chunk(document, part.track);
    head.tracks.push_back({cached.chunk.track_id, nodes.instrument, nodes.strip, cached.chunk.hash});
    plan.chunks.push_back(cached.chunk);
    routes.push_back(std::move(nodes));
  }
  cache_ = std::move(used);                    // tracks that are gone are forgotten
  const MasterParts master_nodes = master_parts(document);
  MasterRoute master{add_master_node(head, kNodeReverb, DeviceKind::reverb), add_node(head, master_nodes.limiter, 0xffff),
                     add_master_node(head, kNodeMetronome, DeviceKind::metronome), {}};
  master.effects = add_effects(head, master_nodes.effects, 0xffff, places);
  head.ops = route(routes, master);
  for (size_t i = 0; i < head.nodes.size(); ++i)
    if (head.devices[i])
      add_curves(document, head.devices[i], DeviceKind(head.nodes[i].kind), uint16_t(i), head.curves, head.points);
  add_time(head, document);
  plan.head = lay_out(head, plan.revision, document);
  return plan;
}

PlanCompiler::Cached PlanCompiler::track_chunk(const Document& document, Id track) const {
  Hash64 sources;                              // what its clips are cut from and how the song is tuned count as well
  if (!document.children(track, Kind::audio_clip).empty())
    for (Id asset : document.children(kSongId, Kind::audio_asset)) sources.number(document.content_hash(asset));
  for (const FieldKey field : {field::song::tuning, field::song::tuning_keys}) sources.text(document.song().text(field));
  const uint64_t content = Hash64().number(document.content_hash(track)).number(sources.value()).value();
  const auto known = cache_.find(track);
  if (known != cache_.end() && known->second.content_hash == content) return known->second;
  const uint32_t id = track_plan_id(track);
  auto bytes = std::make_shared<const std::vector<uint8_t>>(chunk_bytes(id, schedule_track(document, track), schedule_audio(document, track)));
  const uint64_t hash = Hash64().bytes(*bytes).value();
  return {content, {id, hash, std::move(bytes)}};
}

}  // namespace arietta
