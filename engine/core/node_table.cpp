#include "core/node_table.h"

#include <algorithm>

#include "devices/device_registry.h"
#include "params/param_map.h"

namespace arietta {
namespace {

// What all devices of a song and the waits between them may take, in the plan that plays and the one being built, which
// share most of them: 128 ordinary tracks with effects, or some twenty of the largest devices. A song beyond that is
// refused in words. Delays grow with the rate.
constexpr size_t kPoolBytes = 48u << 20;
constexpr float kPoolRate = 48000;

void values_from_plan(const PlanNode& description, const PlanView& plan, float (&values)[kMaxParams]) {
  const DeviceKind kind = DeviceKind(description.kind);
  for (const ParamInfo& param : params_of(kind)) values[param.index] = param.initial;
  for (const PlanParam& param : plan.params_of(description))
    values[param.index] = clamp_plain(*find_param(kind, param.index), param.plain);
}

NoteEvent first_program(const Node& node) {
  return {0, float(node.bank), NoteEventType::kProgram, uint8_t(node.program), 0};
}

}  // namespace

bool Node::set_value(uint32_t index, float plain) {
  const ParamInfo* param = find_param(kind, uint16_t(index));
  if (index >= uint32_t(kMaxParams) || !param) return false;
  values[index] = clamp_plain(*param, plain);
  changed |= uint64_t(1) << index;
  return true;
}

bool Node::deliver_values() {
  const bool any = changed != 0;
  for (; changed; changed &= changed - 1) {
    const int index = __builtin_ctzll(changed);
    device->set_param(uint16_t(index), values[index]);
  }
  return any;
}

bool NodeTable::prepare(const AudioSpec& spec, Arena& arena) {
  spec_ = spec;
  const size_t mark = arena.mark();
  const size_t room = arena.left() - std::min<size_t>(arena.left(), 64);
  const MutableBytes unused(static_cast<uint8_t*>(arena.take(room)), room);
  arena.rewind(mark);                                                  // only to try each device on
  for (const DeviceInfo& device : kDevices)
    device_bytes_[size_t(device.kind)] = device_bytes(device.kind, spec, unused) + 256;   // and the pool's header and alignment
  slots_ = arena.array<Node>(kSlots);
  events_ = arena.array<NoteEvent>(size_t(kInstrumentSlots) * kMaxBlockEvents);
  const size_t wanted = size_t(double(kPoolBytes) * (spec.sample_rate > kPoolRate ? spec.sample_rate / kPoolRate : 1));
  const size_t pool_bytes = wanted < arena.left() / 2 ? wanted : arena.left() / 2;
  void* memory = arena.take(pool_bytes);
  if (slots_.empty() || events_.empty() || !memory) return false;
  pool_ = Pool({static_cast<uint8_t*>(memory), pool_bytes});
  return true;
}

Node* NodeTable::find(uint32_t id) const {
  for (Node* node : living())
    if (node->id == id) return node;
  return nullptr;
}

Node* NodeTable::build(const PlanNode& description, const PlanView& plan) {
  Node* node = nullptr;
  for (Node& slot : slots_)
    if (slot.id == 0) { node = &slot; break; }
  if (!node) return nullptr;
  *node = Node();
  node->kind = DeviceKind(description.kind);
  node->memory = pool_.take(device_bytes_[size_t(node->kind)]);
  if (node->memory.empty()) return nullptr;
  Arena arena(node->memory);
  node->device = make_device(node->kind, spec_, arena);
  if (!node->device) {
    pool_.give_back(node->memory);
    return nullptr;
  }
  const bool plays = find_device(node->kind)->category == Category::kInstrument;
  node->events = plays ? take_events() : nullptr;
  node->event_room = node->events ? kMaxBlockEvents : 0;
  node->in_chain = is_chain_node(description);
  node->wet = node->in_chain ? 0 : 1;
  node->empty_frames = node->in_chain ? node->device->latency_frames() : 0;
  node->id = description.id;
  node->asset = description.asset;
  node->program = description.program;
  node->bank = description.bank;
  values_from_plan(description, plan, node->values);
  restart(*node);
  return node;
}

void NodeTable::enter(Node& node) {
  node.entered = true;
  living_[living_count_++] = &node;
}

void NodeTable::remove(Node& node) {
  for (int i = 0; i < living_count_; ++i)
    if (living_[i] == &node) { living_[i] = living_[--living_count_]; break; }
  pool_.give_back(node.memory);
  pool_.give_back(node.line.memory());
  if (node.events) events_lent_[size_t(node.events - events_.data()) / kMaxBlockEvents] = false;
  node.id = 0;
}

NoteEvent* NodeTable::take_events() {
  for (size_t i = 0; i < size_t(kInstrumentSlots); ++i)
    if (!events_lent_[i]) {
      events_lent_[i] = true;
      return events_.data() + i * kMaxBlockEvents;
    }
  return nullptr;
}

void NodeTable::lend_line(Node& node) {
  if (node.line.memory().empty()) node.line.lend(pool_.take(WaitLine::kBytes));
}

void NodeTable::update(Node& node, const PlanNode& description, const PlanView& plan) {
  float wanted[kMaxParams] = {};
  values_from_plan(description, plan, wanted);
  for (const ParamInfo& param : params_of(node.kind)) {
    const uint64_t bit = uint64_t(1) << param.index;
    if (node.values[param.index] == wanted[param.index] || (node.gesture & bit)) continue;
    node.values[param.index] = wanted[param.index];
    node.changed |= bit;
  }
  if (node.program != description.program || node.bank != description.bank) {
    node.program = description.program;
    node.bank = description.bank;
    node.push(first_program(node));
  }
  node.asset = description.asset;
}

void NodeTable::restart(Node& node) {
  for (const ParamInfo& param : params_of(node.kind)) node.device->set_param(param.index, node.values[param.index]);
  node.changed = 0;
  node.device->reset();
  node.event_count = 0;
  node.activity = Activity::kRunning;
  if (node.kind == DeviceKind::soundfont) node.push(first_program(node));
}

}  // namespace arietta
