#include "core/latency.h"

namespace arietta {
namespace {

int larger(int a, int b) { return a > b ? a : b; }

// One walk with what is known of the groups; groups that are not known yet learn their slowest member.
struct Walk {
  const PlanView& plan;
  Node* const* nodes;
  int* waits;
  int (&slowest)[kMaxAlignGroups];
  int late[kMaxBuffers] = {};
  int output = 0;

  void go(int known_groups) {
    for (const PlanOp& op : plan.ops()) {
      int& target = late[op.target];
      switch (PlanOpCode(op.code)) {
        case PlanOpCode::kClear: target = 0; break;
        case PlanOpCode::kRender: target = larger(target, nodes[op.node]->device->latency_frames()); break;
        case PlanOpCode::kProcess: target += nodes[op.node]->device->latency_frames(); break;
        case PlanOpCode::kMix:
        case PlanOpCode::kSend: target = larger(target, late[op.source]); break;
        case PlanOpCode::kAlign: target += waits[op.node] = wait(op, known_groups); break;
        case PlanOpCode::kOutput: output = late[op.source]; break;
        case PlanOpCode::kMeter: break;
      }
    }
  }

  int wait(const PlanOp& op, int known_groups) {
    const int now = late[op.target];
    if (op.source != op.target) return larger(late[op.source] - now, 0);
    if (op.argument >= known_groups) slowest[op.argument] = larger(slowest[op.argument], now);
    return op.argument < known_groups ? larger(slowest[op.argument] - now, 0) : 0;
  }
};

}  // namespace

int find_waits(const PlanView& plan, Node* const* nodes, int* waits) {
  const span<const PlanNode> list = plan.nodes();
  int slowest[kMaxAlignGroups] = {};
  int output = 0;
  for (int known = 0; known <= kMaxAlignGroups; ++known) {
    for (int group = known; group < kMaxAlignGroups; ++group) slowest[group] = 0;
    Walk walk{plan, nodes, waits, slowest};
    walk.go(known);
    output = walk.output;
  }
  for (size_t i = 0; i < list.size(); ++i)
    if (nodes[i]->in_chain) waits[i] = nodes[i]->device->latency_frames();
  return output;
}

}  // namespace arietta
