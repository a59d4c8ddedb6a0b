#include "plan/plan_check.h"

#include <cmath>
#include <utility>

#include "base/note_event.h"
#include "plan/plan_view.h"

namespace arietta {
namespace {

constexpr PlanVerdict kFine{};

// Slowest and fastest tempo a plan may hold: far outside music, and safe to divide by.
constexpr double kSlowest = 1, kFastest = 10000;
constexpr Tick kLastTick = 0xffffffff;         // events count in 32 bits
constexpr uint16_t kNoNode = 0xffff;

PlanVerdict refuse(PlanRefusal why, size_t where = 0) { return {why, uint32_t(where)}; }
bool aligned(Bytes bytes) { return reinterpret_cast<uintptr_t>(bytes.data()) % 8 == 0; }

template <class T>
bool fits(const PlanSection& part, Bytes head, size_t most) {
  return part.offset % 8 == 0 && part.count <= most && part.offset >= sizeof(PlanHead) && part.offset <= head.size() &&
         part.count <= (head.size() - part.offset) / sizeof(T);
}

bool is_instrument(uint16_t kind) {
  const DeviceInfo* device = find_device(DeviceKind(kind));
  return device && device->category == Category::kInstrument;
}

PlanVerdict check_frame(Bytes head) {
  if (head.size() < sizeof(PlanHead)) return refuse(PlanRefusal::kTooShort);
  if (!aligned(head)) return refuse(PlanRefusal::kBadSection);
  const PlanHead& h = *reinterpret_cast<const PlanHead*>(head.data());
  if (h.magic != kPlanMagic) return refuse(PlanRefusal::kBadMagic);
  if (h.version != kPlanVersion) return refuse(PlanRefusal::kNewerVersion, h.version);
  if (h.head_bytes != sizeof(PlanHead) || h.total_bytes != head.size()) return refuse(PlanRefusal::kTooShort);
  if (h.nodes.count > kMaxNodes) return refuse(PlanRefusal::kTooManyNodes, h.nodes.count);
  const bool sections_fit =
      fits<PlanNode>(h.nodes, head, kMaxNodes) && fits<PlanOp>(h.ops, head, kMaxOps) &&
      fits<PlanParam>(h.params, head, size_t(kMaxNodes) * kMaxParams) && fits<PlanTempo>(h.tempos, head, kMaxTempos) &&
      fits<PlanMeter>(h.meters, head, kMaxMeters) && fits<PlanTrack>(h.tracks, head, kMaxTracks) &&
      fits<PlanCurve>(h.curves, head, kMaxCurves) && fits<PlanPoint>(h.points, head, kMaxPoints);
  if (!sections_fit) return refuse(PlanRefusal::kBadSection);
  const bool times_fit = h.length >= 0 && h.length <= kLastTick && h.loop_start >= 0 && h.loop_start <= h.loop_end &&
                         h.loop_end <= kLastTick;
  return times_fit ? kFine : refuse(PlanRefusal::kBadSection, 1);
}

PlanVerdict check_nodes(const PlanView& plan) {
  const span<const PlanNode> nodes = plan.nodes();
  for (size_t i = 0; i < nodes.size(); ++i) {
    const PlanNode& node = nodes[i];
    if (!find_device(DeviceKind(node.kind))) return refuse(PlanRefusal::kUnknownDevice, i);
    if (node.id == 0 || (node.track != 0xffff && node.track >= plan.tracks().size())) return refuse(PlanRefusal::kBadNode, i);
    for (size_t earlier = 0; earlier < i; ++earlier)
      if (nodes[earlier].id == node.id) return refuse(PlanRefusal::kBadNode, i);
    const size_t params = plan.params().size();
    if (node.first_param > params || node.param_count > params - node.first_param) return refuse(PlanRefusal::kBadNode, i);
    for (const PlanParam& param : plan.params_of(node))
      if (!find_param(DeviceKind(node.kind), param.index) || !std::isfinite(param.plain))
        return refuse(PlanRefusal::kBadParam, i);
  }
  return kFine;
}

bool op_makes_sense(const PlanOp& op, span<const PlanNode> nodes, size_t tracks) {
  if (op.target >= kMaxBuffers || op.source >= kMaxBuffers || !std::isfinite(op.gain)) return false;
  const bool has_node = op.node < nodes.size();
  const uint16_t kind = has_node ? nodes[op.node].kind : 0;
  switch (PlanOpCode(op.code)) {
    case PlanOpCode::kClear:
    case PlanOpCode::kOutput: return true;
    case PlanOpCode::kRender: return has_node && is_instrument(kind);
    case PlanOpCode::kProcess: return has_node && !is_instrument(kind);
    case PlanOpCode::kMix: return op.target != op.source;
    case PlanOpCode::kMeter: return op.argument < tracks || op.argument == 0xffff;
    case PlanOpCode::kSend:
      return has_node && DeviceKind(kind) == DeviceKind::strip && op.target != op.source && op.argument < kMaxSends;
    case PlanOpCode::kAlign: return has_node && op.argument < kMaxAlignGroups;
  }
  return false;
}

PlanVerdict check_ops(const PlanView& plan) {
  bool runs[kMaxNodes] = {};                 // a node that ran twice in a block would play at double speed
  bool waits[kMaxNodes] = {};                // and two waits would share one memory
  uint8_t sends[kMaxNodes] = {};
  const span<const PlanOp> ops = plan.ops();
  for (size_t i = 0; i < ops.size(); ++i) {
    const PlanOp& op = ops[i];
    if (!op_makes_sense(op, plan.nodes(), plan.tracks().size())) return refuse(PlanRefusal::kBadOp, i);
    const PlanOpCode code = PlanOpCode(op.code);
    bool again = false;
    if (code == PlanOpCode::kRender || code == PlanOpCode::kProcess) again = std::exchange(runs[op.node], true);
    if (code == PlanOpCode::kAlign) again = std::exchange(waits[op.node], true);
    if (code == PlanOpCode::kSend) {
      again = sends[op.node] >> op.argument & 1;
      sends[op.node] = uint8_t(sends[op.node] | 1 << op.argument);
    }
    if (again) return refuse(PlanRefusal::kBadOp, i);
  }
  return kFine;
}

PlanVerdict check_time(const PlanView& plan) {
  const span<const PlanTempo> tempos = plan.tempos();
  if (tempos.empty() || tempos[0].tick != 0) return refuse(PlanRefusal::kBadTempo);
  for (size_t i = 0; i < tempos.size(); ++i) {
    const double tempo = tempos[i].quarters_per_minute;
    if (!(tempo >= kSlowest && tempo <= kFastest) || tempos[i].tick > kLastTick) return refuse(PlanRefusal::kBadTempo, i);
    if (i > 0 && tempos[i].tick <= tempos[i - 1].tick) return refuse(PlanRefusal::kBadTempo, i);
  }
  const span<const PlanMeter> meters = plan.meters();
  if (meters.empty() || meters[0].tick != 0) return refuse(PlanRefusal::kBadTempo);
  for (size_t i = 0; i < meters.size(); ++i) {
    const uint16_t unit = meters[i].beat_unit;
    if (meters[i].beats == 0 || unit == 0 || unit > 64 || (unit & (unit - 1)) || meters[i].tick > kLastTick)
      return refuse(PlanRefusal::kBadTempo, i);
    if (i > 0 && meters[i].tick <= meters[i - 1].tick) return refuse(PlanRefusal::kBadTempo, i);
  }
  return kFine;
}

PlanVerdict check_tracks(const PlanView& plan) {
  const span<const PlanTrack> tracks = plan.tracks();
  const span<const PlanNode> nodes = plan.nodes();
  for (size_t i = 0; i < tracks.size(); ++i) {
    const PlanTrack& track = tracks[i];
    const bool plays = track.instrument != kNoNode;
    const bool fine = track.id != 0 && (!plays || (track.instrument < nodes.size() && is_instrument(nodes[track.instrument].kind))) &&
                      track.strip < nodes.size() && DeviceKind(nodes[track.strip].kind) == DeviceKind::strip;
    if (!fine) return refuse(PlanRefusal::kBadTrack, i);
    for (size_t earlier = 0; earlier < i; ++earlier)
      if (tracks[earlier].id == track.id || (plays && tracks[earlier].instrument == track.instrument))
        return refuse(PlanRefusal::kBadTrack, i);
  }
  return kFine;
}

PlanVerdict check_curves(const PlanView& plan) {
  const size_t points = plan.head().points.count;
  size_t next = 0;                           // one curve's points follow the other's: every point is looked at once
  for (size_t i = 0; i < plan.curves().size(); ++i) {
    const PlanCurve& curve = plan.curves()[i];
    if (curve.node >= plan.nodes().size()) return refuse(PlanRefusal::kBadCurve, i);
    const ParamInfo* param = find_param(DeviceKind(plan.nodes()[curve.node].kind), curve.param);
    const bool fits = curve.point_count > 0 && curve.first_point == next && curve.point_count <= points - next;
    if (!param || !(param->flags & kAutomatable) || !fits) return refuse(PlanRefusal::kBadCurve, i);
    next += curve.point_count;
    uint32_t before = 0;
    for (const PlanPoint& point : plan.points_of(curve)) {
      if (!(point.position >= 0 && point.position <= 1) || point.tick < before) return refuse(PlanRefusal::kBadCurve, i);
      before = point.tick;
    }
  }
  return kFine;
}

// Offs, then controllers, then ons: a pedal that lifts on the beat must not catch the note that starts there.
int order_of(uint8_t type) {
  if (NoteEventType(type) == NoteEventType::kNoteOff) return 0;
  return NoteEventType(type) == NoteEventType::kNoteOn ? 2 : 1;
}

bool event_makes_sense(const PlanEvent& event) {
  if (event.key > 127 || !std::isfinite(event.value)) return false;
  switch (NoteEventType(event.type)) {
    case NoteEventType::kNoteOn: return event.note != 0 && event.note < 0x80000000u && event.value > 0 && event.value <= 1;
    case NoteEventType::kNoteOff: return event.note != 0 && event.note < 0x80000000u;
    case NoteEventType::kBend: return std::fabs(event.value) <= 127;
    case NoteEventType::kPressure:
    case NoteEventType::kController: return event.value >= 0 && event.value <= 1;
    case NoteEventType::kProgram: return event.value >= 0 && event.value <= 16383;
    case NoteEventType::kAllNotesOff:
    case NoteEventType::kAllSoundOff: return true;
  }
  return false;
}

// Far beyond any recording, and safe to multiply and to count blocks in.
constexpr int64_t kMostFrames = int64_t(1) << 37;
constexpr float kLongestFade = 86400;

bool clip_makes_sense(const PlanClip& clip) {
  const auto within = [](double value, double low, double high) { return value >= low && value <= high; };   // false for NaN
  return clip.id != 0 && clip.asset != 0 && clip.rate >= 8000 && clip.rate <= 384000 && clip.offset >= 0 && clip.frames > 0 &&
         clip.offset <= kMostFrames && clip.frames <= kMostFrames && within(clip.frames_per_tick, 0, 1e6) &&
         (clip.frames_per_tick == 0 || clip.frames_per_tick >= 1e-3) && within(double(clip.gain), 0, 64) &&
         within(double(clip.fade_in_s), 0, double(kLongestFade)) && within(double(clip.fade_out_s), 0, double(kLongestFade)) &&
         within(double(clip.pitch), -48, 48) && (clip.channels == 1 || clip.channels == 2) && clip.reverse <= 1;
}

PlanVerdict check_clips(span<const PlanClip> clips) {
  for (size_t i = 0; i < clips.size(); ++i) {
    if (!clip_makes_sense(clips[i])) return refuse(PlanRefusal::kBadClip, i);
    if (i > 0 && clips[i].tick < clips[i - 1].tick) return refuse(PlanRefusal::kUnsorted, i);
  }
  return kFine;
}

bool in_order(const PlanEvent& before, const PlanEvent& after) {
  if (before.tick != after.tick) return before.tick < after.tick;
  return order_of(before.type) <= order_of(after.type);
}

}  // namespace

std::string_view refusal_sentence(PlanRefusal why) {
  switch (why) {
#define REFUSAL(number, symbol, sentence) \
  case PlanRefusal::symbol: return sentence;
#include "plan/plan_refusals.def"
#undef REFUSAL
  }
  return "The plan was refused for a reason this program does not know.";
}

PlanVerdict check_plan_head(Bytes head) {
  PlanVerdict verdict = check_frame(head);
  const PlanView plan(head);
  if (verdict.ok()) verdict = check_nodes(plan);
  if (verdict.ok()) verdict = check_ops(plan);
  if (verdict.ok()) verdict = check_time(plan);
  if (verdict.ok()) verdict = check_tracks(plan);
  if (verdict.ok()) verdict = check_curves(plan);
  return verdict;
}

PlanVerdict check_chunk_head(Bytes chunk) {
  if (chunk.size() < sizeof(PlanChunkHead)) return refuse(PlanRefusal::kTooShort);
  if (!aligned(chunk)) return refuse(PlanRefusal::kBadSection);
  const PlanChunkHead& head = *reinterpret_cast<const PlanChunkHead*>(chunk.data());
  if (head.magic != kChunkMagic) return refuse(PlanRefusal::kBadMagic);
  if (head.event_count > kMaxEventsPerTrack) return refuse(PlanRefusal::kTooManyEvents, head.event_count);
  if (head.clip_count > kMaxClipsPerTrack) return refuse(PlanRefusal::kTooManyClips, head.clip_count);
  const size_t bytes = sizeof head + size_t(head.event_count) * sizeof(PlanEvent) + size_t(head.clip_count) * sizeof(PlanClip);
  if (head.total_bytes != bytes || chunk.size() != bytes) return refuse(PlanRefusal::kTooShort);
  return check_clips(chunk_clips(chunk));
}

PlanVerdict check_chunk_events(Bytes chunk, uint32_t first, uint32_t count) {
  const span<const PlanEvent> events = chunk_events(chunk);
  for (size_t i = first; i < events.size() && i < size_t(first) + count; ++i) {
    if (!event_makes_sense(events[i])) return refuse(PlanRefusal::kBadEvent, i);
    if (i > 0 && !in_order(events[i - 1], events[i])) return refuse(PlanRefusal::kUnsorted, i);
  }
  return kFine;
}

PlanVerdict check_plan_chunk(Bytes chunk) {
  const PlanVerdict verdict = check_chunk_head(chunk);
  return verdict.ok() ? check_chunk_events(chunk, 0, kMaxEventsPerTrack) : verdict;
}

}  // namespace arietta
