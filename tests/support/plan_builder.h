// Plans by hand, for tests that need one exactly so.
#pragma once
#include <cstring>
#include <vector>

#include "base/note_event.h"
#include "plan/plan_format.h"

namespace arietta {

// Head bytes at an 8-byte aligned address.
struct PlanBuilder {
  std::vector<PlanNode> nodes;
  std::vector<PlanOp> ops;
  std::vector<PlanParam> params;
  std::vector<PlanTempo> tempos{{0, 120}};
  std::vector<PlanMeter> meters{{0, 4, 4, 0}};
  std::vector<PlanTrack> tracks;
  std::vector<PlanCurve> curves;
  std::vector<PlanPoint> points;
  Tick length = 3840, loop_start = 0, loop_end = 0;
  uint32_t revision = 1;

  std::vector<uint8_t> bytes() const {
    std::vector<uint8_t> out(sizeof(PlanHead));
    PlanHead head{};
    head.magic = kPlanMagic;
    head.version = kPlanVersion;
    head.head_bytes = sizeof(PlanHead);
    head.revision = revision;
    head.length = length;
    head.loop_start = loop_start;
    head.loop_end = loop_end;
    head.nodes = append(out, nodes);
    head.ops = append(out, ops);
    head.params = append(out, params);
    head.tempos = append(out, tempos);
    head.meters = append(out, meters);
    head.tracks = append(out, tracks);
    head.curves = append(out, curves);
    head.points = append(out, points);
    head.total_bytes = uint32_t(out.size());
    std::memcpy(out.data(), &head, sizeof head);
    return out;
  }

 private:
  template <class T>
  static PlanSection append(std::vector<uint8_t>& out, const std::vector<T>& items) {
    const PlanSection section{uint32_t(out.size()), uint32_t(items.size())};
    out.resize((out.size() + items.size() * sizeof(T) + 7) & ~size_t(7));
    if (!items.empty()) std::memcpy(out.data() + section.offset, items.data(), items.size() * sizeof(T));
    return section;
  }
};

inline PlanEvent note_on(uint32_t tick, uint32_t note, uint8_t key, float velocity = 0.8f) {
  return {tick, note, velocity, uint8_t(NoteEventType::kNoteOn), key, 0};
}
inline PlanEvent note_off(uint32_t tick, uint32_t note, uint8_t key) {
  return {tick, note, 0, uint8_t(NoteEventType::kNoteOff), key, 0};
}
inline PlanEvent controller(uint32_t tick, uint8_t number, float value) {
  return {tick, 0, value, uint8_t(NoteEventType::kController), number, 0};
}

inline std::vector<uint8_t> chunk_of(uint32_t track, const std::vector<PlanEvent>& events) {
  std::vector<uint8_t> out(sizeof(PlanChunkHead) + events.size() * sizeof(PlanEvent));
  const PlanChunkHead head{kChunkMagic, track, uint32_t(out.size()), uint32_t(events.size()), 0, 0};
  std::memcpy(out.data(), &head, sizeof head);
  if (!events.empty()) std::memcpy(out.data() + sizeof head, events.data(), events.size() * sizeof(PlanEvent));
  return out;
}

}  // namespace arietta
