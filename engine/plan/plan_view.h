// Reads a plan's bytes in place. Only for bytes that check_plan_head or check_plan_chunk accepted; the views
// live as long as the bytes.   [any]
#pragma once
#include "plan/plan_format.h"

namespace arietta {

class PlanView {
 public:
  PlanView() = default;
  explicit PlanView(Bytes checked_head) : bytes_(checked_head.data()) {}

  bool empty() const { return bytes_ == nullptr; }
  const PlanHead& head() const { return *reinterpret_cast<const PlanHead*>(bytes_); }
  span<const PlanNode> nodes() const { return section<PlanNode>(head().nodes); }
  span<const PlanOp> ops() const { return section<PlanOp>(head().ops); }
  span<const PlanParam> params() const { return section<PlanParam>(head().params); }
  span<const PlanTempo> tempos() const { return section<PlanTempo>(head().tempos); }
  span<const PlanMeter> meters() const { return section<PlanMeter>(head().meters); }
  span<const PlanTrack> tracks() const { return section<PlanTrack>(head().tracks); }

  span<const PlanCurve> curves() const { return section<PlanCurve>(head().curves); }
  span<const PlanPoint> points_of(const PlanCurve& curve) const {
    return section<PlanPoint>(head().points).subspan(curve.first_point, curve.point_count);
  }

  span<const PlanParam> params_of(const PlanNode& node) const {
    return params().subspan(node.first_param, node.param_count);
  }

 private:
  template <class T>
  span<const T> section(const PlanSection& part) const {
    return {reinterpret_cast<const T*>(bytes_ + part.offset), part.count};
  }

  const uint8_t* bytes_ = nullptr;
};

inline span<const PlanEvent> chunk_events(Bytes checked_chunk) {
  const PlanChunkHead& head = *reinterpret_cast<const PlanChunkHead*>(checked_chunk.data());
  return {reinterpret_cast<const PlanEvent*>(checked_chunk.data() + sizeof head), head.event_count};
}

inline span<const PlanClip> chunk_clips(Bytes checked_chunk) {
  const PlanChunkHead& head = *reinterpret_cast<const PlanChunkHead*>(checked_chunk.data());
  const uint8_t* clips = checked_chunk.data() + sizeof head + head.event_count * sizeof(PlanEvent);
  return {reinterpret_cast<const PlanClip*>(clips), head.clip_count};
}

}  // namespace arietta
