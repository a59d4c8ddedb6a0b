// Full validation of plan bytes before the engine reads them: bounds, order, references, finite numbers.
// Once these say kNone, the audio side reads in place without further checks. No recursion, no allocation,
// time linear in the bytes. Both want bytes that start at an 8-byte aligned address.
#pragma once
#include <string_view>

#include "plan/plan_format.h"

namespace arietta {

enum class PlanRefusal : uint32_t {
#define REFUSAL(number, symbol, sentence) symbol = number,
#include "plan/plan_refusals.def"
#undef REFUSAL
};

struct PlanVerdict {
  PlanRefusal why = PlanRefusal::kNone;
  uint32_t where = 0;            // index of the offending node, op, event ...
  bool ok() const { return why == PlanRefusal::kNone; }
};

std::string_view refusal_sentence(PlanRefusal why);      // [any]

PlanVerdict check_plan_head(Bytes head);     // [any]
PlanVerdict check_plan_chunk(Bytes chunk);   // [any]

// The same check of a chunk in two steps, so that the audio thread can spread the long one over many quanta:
// first the head of the chunk and its clips, then any slices of its events that together cover them all.   [any]
PlanVerdict check_chunk_head(Bytes chunk);
PlanVerdict check_chunk_events(Bytes chunk, uint32_t first, uint32_t count);

}  // namespace arietta
