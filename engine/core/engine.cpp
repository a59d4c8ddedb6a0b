#include "core/engine.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "devices/audio.h"
#include "params/param_table.h"

namespace arietta {
namespace {

// Recorded sound that is kept at hand: 32 MB, 87 seconds of stereo at 48 kHz, or a third of what a smaller host has left.
constexpr size_t kMostAudioBlocks = 1024, kAudioShare = 3;

// Nodes that a new plan does not have fade over this many blocks, 5 ms at 48 kHz: no click, no delay one notices.
constexpr int kFadeBlocks = 8;

#if defined(__SSE2__) || defined(__wasm_simd128__) || defined(__ARM_NEON)
constexpr uint32_t kCapabilities = kCapabilitySimd;
#else
constexpr uint32_t kCapabilities = 0;
#endif

// Calls found(node, id of the one before it) for the effects in each chain that both plans have, in order.
template <class Found>
void each_effect(const LoadedPlan& plan, Found found) {
  if (plan.view.empty()) return;
  uint32_t last[kMaxBuffers] = {};
  for (const PlanOp& op : plan.view.ops()) {
    if (PlanOpCode(op.code) == PlanOpCode::kClear) last[op.target] = 0;
    if (PlanOpCode(op.code) != PlanOpCode::kProcess || !plan.nodes[op.node]->in_chain) continue;
    Node& node = *plan.nodes[op.node];
    if (!node.entered || node.leaving) continue;
    found(node, std::exchange(last[op.target], node.id));
  }
}

}  // namespace

bool Engine::init(float sample_rate, int max_quantum, MutableBytes memory) {
  if (max_quantum < 1 || max_quantum > kMaxQuantum || !(sample_rate >= 8000 && sample_rate <= 384000)) return false;
  Arena arena(memory);
  max_quantum_ = max_quantum;
  uint8_t* inbox = static_cast<uint8_t*>(arena.take(kMaxPacketBytes));
  if (!inbox) return false;
  inbox_ = {inbox, kMaxPacketBytes};
  output_ = arena.array<float>(size_t(max_quantum) * 2);
  if (output_.empty() || !nodes_.prepare({sample_rate}, arena) || !loader_.prepare(arena) ||
      !sequencer_.prepare(sample_rate, arena) || !automation_.prepare(sample_rate, arena) || !master_meter_.prepare(sample_rate, arena))
    return false;
  const size_t audio_blocks = std::min(kMostAudioBlocks, arena.left() / kAudioShare / (kAudioBlockSamples * sizeof(float)));
  if (!audio_.prepare(arena, int(audio_blocks))) return false;
  telemetry_.set_fixed_bytes(uint32_t(arena.mark()));
  assets_.prepare({static_cast<uint8_t*>(arena.take(0)), arena.left()});
  outbox_.put(Message::hello, HelloPayload{kAbiVersion, kCapabilities, param_table_hash()});
  return true;
}

MutableBytes Engine::inbox(size_t bytes) { return bytes <= inbox_.size() ? inbox_.first(bytes) : MutableBytes{}; }

void Engine::receive(Bytes packet) {
  const RtSection section;
  outbox_.turn_over();
  commands_.receive(packet);
}

const float* Engine::render(int frames) {
  const RtSection section;
  outbox_.turn_over();
  loader_.work();
  const int wanted = frames < 0 ? 0 : frames > max_quantum_ ? max_quantum_ : frames;
  float* left = output_.data();
  float* right = left + max_quantum_;
  for (int done = 0; done < wanted;) {
    if (block_at_ == kMaxBlock) render_block();
    const int left_in_block = kMaxBlock - block_at_;
    const int count = wanted - done < left_in_block ? wanted - done : left_in_block;
    std::memcpy(left + done, mixer_.left() + block_at_, size_t(count) * sizeof(float));
    std::memcpy(right + done, mixer_.right() + block_at_, size_t(count) * sizeof(float));
    block_at_ += count;
    done += count;
  }
  frames_out_ += wanted;
  ++quanta_;
  return left;
}

Bytes Engine::outbox() {
  const Bytes packet = outbox_.packet();
  outbox_.mark_taken();
  return packet;
}

const TelemetryBlock& Engine::telemetry() {
  return telemetry_.report({double(frames_out_), quanta_, sequencer_.tick_at_frame(frames_out_), sequencer_, loader_,
                            nodes_, assets_, audio_, mixer_, master_meter_, commands_.dropped()});
}

void Engine::render_block() {
  const Mixer::Fade fade = prepare_swap();
  sequencer_.run_block(kMaxBlock);
  automation_.run_block(sequencer_.tick_after_block());
  sequencer_.look_ahead(audio_);
  audio_.step();
  if (sequencer_.take_song_ended()) outbox_.put(Message::song_ended);
  mixer_.run_block(loader_.playing().view, loader_.playing().nodes, fade, float(sequencer_.quarters_per_minute()));
  if (mixer_.metering()) master_meter_.process(mixer_.left(), mixer_.right(), sequencer_.playing());
  block_at_ = 0;
}

// When a plan is ready: fade what leaves, if it can be heard, then swap.
Mixer::Fade Engine::prepare_swap() {
  if (!loader_.ready()) {
    fade_block_ = 0;
    return {};
  }
  if (fade_block_ == 0) mark_leaving();
  bool audible = false;
  for (Node* node : nodes_.living()) audible = audible || (node->leaving && node->activity != Activity::kAsleep);
  if (!audible || fade_block_ == kFadeBlocks) {
    fade_block_ = 0;
    adopt_plan();
    return {};
  }
  const float from = 1 - float(fade_block_++) / kFadeBlocks;
  return {from, from - 1.0f / kFadeBlocks};
}

// Nodes the coming plan does not have, and effects that stay but change places: those fade to what they are given, and in
// again after the swap.
void Engine::mark_leaving() {
  const LoadedPlan& coming = loader_.coming();
  for (Node* node : nodes_.living()) node->leaving = true;
  for (size_t i = 0; i < coming.view.nodes().size(); ++i) coming.nodes[i]->leaving = false;
  each_effect(loader_.playing(), [](Node& node, uint32_t before) { node.follows = before; });
  each_effect(coming, [](Node& node, uint32_t before) { node.leaving = node.follows != before; });
}

void Engine::adopt_plan() {
  for (Node* node : nodes_.living())
    if (node->leaving) node->wet = 0;
  loader_.swap();
  const LoadedPlan& now = loader_.playing();
  for (Node* node : nodes_.living())
    if (node->kind == DeviceKind::audio) static_cast<AudioDevice*>(node->device)->set_source(&audio_);
  const span<const PlanTrack> tracks = now.view.tracks();
  Sequencer::Part parts[kMaxTracks];
  for (size_t i = 0; i < tracks.size(); ++i)
    parts[i] = {tracks[i].id, chunk_events(now.chunks[i]->view()), chunk_clips(now.chunks[i]->view()),
                tracks[i].instrument < now.view.nodes().size() ? now.nodes[tracks[i].instrument] : nullptr};
  sequencer_.adopt(now.view, {parts, tracks.size()}, nodes_.find(kNodeMetronome));
  automation_.adopt(now.view, now.nodes);
}

}  // namespace arietta
