// Every node the engine has, of the plan that plays and of the one being built. Slots are fixed; the devices' own
// memory comes from a pool and is used again when a node goes.
#pragma once
#include "core/node.h"
#include "core/pool.h"
#include "plan/plan_view.h"

namespace arietta {

class NodeTable {
 public:
  // False when the arena is too small.                                                      [setup]
  bool prepare(const AudioSpec& spec, Arena& arena);

  // The node of the playing plan with this id, or nullptr. Nodes under construction are not found. [audio]
  Node* find(uint32_t id) const ARIETTA_RT;

  // Builds a node with its parameters, silent and not yet findable; nullptr when memory is short.  [audio]
  Node* build(const PlanNode& description, const PlanView& plan) ARIETTA_RT;

  // Makes a built node findable; takes one away, with its memory.                           [audio]
  void enter(Node& node) ARIETTA_RT;
  void remove(Node& node) ARIETTA_RT;

  // Moves a node that both plans have to what the new one says, except knobs a person holds. [audio]
  void update(Node& node, const PlanNode& description, const PlanView& plan) ARIETTA_RT;

  // Memory for the node's WaitLine, if it has none yet; without it the node does not wait.   [audio]
  void lend_line(Node& node) ARIETTA_RT;

  // Parameters and the first program, as after build; the sound starts afresh.              [audio]
  void restart(Node& node) ARIETTA_RT;

  span<Node* const> living() const { return {living_, size_t(living_count_)}; }
  size_t bytes_of(DeviceKind kind) const { return device_bytes_[size_t(kind)]; }
  const Pool& pool() const { return pool_; }

 private:
  static constexpr int kSlots = 2 * kMaxNodes;
  static constexpr int kInstrumentSlots = 2 * (kMaxTracks + 1);
  static constexpr int kKinds = int(kLastDevice) + 1;

  AudioSpec spec_;
  Pool pool_;
  span<Node> slots_;
  span<NoteEvent> events_;                        // kMaxBlockEvents for each instrument
  bool events_lent_[kInstrumentSlots] = {};
  NoteEvent* take_events();

  Node* living_[kSlots] = {};
  int living_count_ = 0;
  size_t device_bytes_[kKinds] = {};
};

}  // namespace arietta
