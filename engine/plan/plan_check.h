// Full validation of plan bytes before the engine reads them: bounds, order, references, finite numbers.
// Once these say kNone, the audio side reads in place without further checks. No recursion, no allocation,
// time linear in the bytes.
#pragma once
#include "plan/plan_format.h"

namespace arietta {

// Why a plan was refused. Numbers travel in plan_refused: append only.
enum class PlanRefusal : uint32_t {
  kNone = 0, kTooShort, kBadMagic, kNewerVersion, kBadSection, kTooManyNodes, kUnknownDevice, kBadNode, kBadOp,
  kBadParam, kBadTempo, kBadTrack, kBadEvent, kUnsorted, kTooManyEvents, kMissingChunk, kNoMemory, kOutOfOrder,
};

struct PlanVerdict {
  PlanRefusal why = PlanRefusal::kNone;
  uint32_t where = 0;            // index of the offending node, op, event ...
  bool ok() const { return why == PlanRefusal::kNone; }
};

PlanVerdict check_plan_head(Bytes head);     // [any]
PlanVerdict check_plan_chunk(Bytes chunk);   // [any]

}  // namespace arietta
