#include "core/plan_loader.h"

#include <cstring>
#include <utility>

#include "core/latency.h"

namespace arietta {
namespace {

constexpr size_t kMaxHeadBytes = sizeof(PlanHead) + kMaxNodes * sizeof(PlanNode) + kMaxOps * sizeof(PlanOp) +
                                 size_t(kMaxNodes) * kMaxParams * sizeof(PlanParam) + kMaxTempos * sizeof(PlanTempo) +
                                 kMaxMeters * sizeof(PlanMeter) + kMaxTracks * sizeof(PlanTrack) +
                                 kMaxCurves * sizeof(PlanCurve) + kMaxPoints * sizeof(PlanPoint) + 64;
// Room for the largest plan and for the edited one beside it.
constexpr size_t kChunkPoolBytes = 2 * (kMaxEvents * sizeof(PlanEvent) + kMaxClips * sizeof(PlanClip) + kMaxTracks * 64);

// Work of one quantum. Both take some 0.2 ms, a tenth of the time a quantum has.
constexpr size_t kEventsAtOnce = 16384;
constexpr size_t kDeviceBytesAtOnce = 512 << 10;
constexpr size_t kNodesAtOnce = 96;                 // each is looked for among all

}  // namespace

bool PlanLoader::prepare(Arena& arena) {
  for (LoadedPlan& plan : plans_) plan.head_memory = arena.array<uint8_t>(kMaxHeadBytes);
  void* chunk_memory = arena.take(kChunkPoolBytes);
  if (!chunk_memory) return false;
  pool_ = Pool({static_cast<uint8_t*>(chunk_memory), kChunkPoolBytes});
  return true;
}

void PlanLoader::begin(uint32_t revision, uint32_t head_bytes) {
  let_go(given_up_);
  std::swap(given_up_, coming_->chunks);
  drop_coming();
  stage_ = Stage::kReceiving;
  coming_->revision = revision;
  head_bytes_ = head_bytes;
  if (head_bytes > kMaxHeadBytes) refuse(PlanRefusal::kTooManyNodes);
}

void PlanLoader::head(Bytes bytes) {
  if (stage_ != Stage::kReceiving) return;
  if (bytes.size() < head_bytes_) return refuse(PlanRefusal::kTooShort);
  const MutableBytes place = coming_->head_memory.first(head_bytes_);
  if (head_bytes_) std::memcpy(place.data(), bytes.data(), head_bytes_);
  const PlanVerdict verdict = check_plan_head(place);
  if (!verdict.ok()) return refuse(verdict.why, verdict.where);
  coming_->view = PlanView(place);
}

void PlanLoader::chunk(uint32_t track, Bytes bytes) {
  if (stage_ != Stage::kReceiving) return;
  const int place = track_place(track);
  if (place < 0) return refuse(PlanRefusal::kOutOfOrder);
  if (bytes.size() < sizeof(PlanChunkHead)) return refuse(PlanRefusal::kTooShort, size_t(place));
  PlanChunkHead head;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.total_bytes > bytes.size()) return refuse(PlanRefusal::kTooShort, size_t(place));
  if (head.track != track) return refuse(PlanRefusal::kBadTrack, size_t(place));

  Chunk* chunk = find_chunk(0, 0);
  const MutableBytes memory = chunk ? pool_.take(head.total_bytes) : MutableBytes{};
  if (memory.empty()) return refuse(PlanRefusal::kNoMemory, size_t(place));
  std::memcpy(memory.data(), bytes.data(), head.total_bytes);
  *chunk = {track, coming_->view.tracks()[size_t(place)].chunk_hash, head.total_bytes, 0, false, memory};
  hold(place, chunk);
  const PlanVerdict verdict = check_chunk_head(chunk->view());
  if (!verdict.ok()) refuse(verdict.why, size_t(place));
}

void PlanLoader::keep(uint32_t track, uint64_t hash) {
  if (stage_ != Stage::kReceiving) return;
  const int place = track_place(track);
  if (place < 0) return refuse(PlanRefusal::kOutOfOrder);
  Chunk* chunk = hash == coming_->view.tracks()[size_t(place)].chunk_hash ? find_chunk(track, hash) : nullptr;
  if (!chunk) return refuse(PlanRefusal::kMissingChunk, size_t(place));
  hold(place, chunk);
}

void PlanLoader::commit(uint32_t revision) {
  if (stage_ != Stage::kReceiving) return;
  if (revision != coming_->revision || coming_->view.empty()) return refuse(PlanRefusal::kOutOfOrder);
  size_t events = 0, clips = 0;
  for (size_t place = 0; place < coming_->view.tracks().size(); ++place) {
    if (!coming_->chunks[place]) return refuse(PlanRefusal::kMissingChunk, place);
    events += chunk_events(coming_->chunks[place]->view()).size();
    clips += chunk_clips(coming_->chunks[place]->view()).size();
  }
  if (events > size_t(kMaxEvents)) return refuse(PlanRefusal::kTooManyEvents, events);
  if (clips > size_t(kMaxClips)) return refuse(PlanRefusal::kTooManyClips, clips);
  let_go(given_up_);
  stage_ = Stage::kChecking;
  checking_track_ = checking_event_ = building_node_ = 0;
}

void PlanLoader::work() {
  if (stage_ == Stage::kChecking && check_some()) stage_ = Stage::kBuilding;
  if (stage_ != Stage::kBuilding || !build_some()) return;
  plan_waits();
  stage_ = Stage::kReady;
}

bool PlanLoader::check_some() {
  size_t budget = kEventsAtOnce;
  for (; checking_track_ < coming_->view.tracks().size(); ++checking_track_, checking_event_ = 0) {
    Chunk& chunk = *coming_->chunks[checking_track_];
    if (chunk.checked) continue;
    const size_t count = chunk_events(chunk.view()).size();
    const size_t slice = count - checking_event_ < budget ? count - checking_event_ : budget;
    const PlanVerdict verdict = check_chunk_events(chunk.view(), uint32_t(checking_event_), uint32_t(slice));
    if (!verdict.ok()) {
      refuse(verdict.why, verdict.where);
      return false;
    }
    checking_event_ += slice;
    budget -= slice;
    if (checking_event_ < count) return false;
    chunk.checked = true;
  }
  return true;
}

bool PlanLoader::build_some() {
  const span<const PlanNode> nodes = coming_->view.nodes();
  const size_t end = building_node_ + kNodesAtOnce;
  for (size_t bytes = 0; building_node_ < nodes.size() && building_node_ < end && bytes < kDeviceBytesAtOnce; ++building_node_) {
    const PlanNode& description = nodes[building_node_];
    Node* node = nodes_.find(description.id);
    built_[building_node_] = !node || node->kind != DeviceKind(description.kind);
    if (built_[building_node_]) {
      node = nodes_.build(description, coming_->view);
      bytes += nodes_.bytes_of(DeviceKind(description.kind));
    }
    if (!node) {
      built_[building_node_] = false;
      refuse(PlanRefusal::kNoMemory, building_node_);
      return false;
    }
    coming_->nodes[building_node_] = node;
  }
  return building_node_ == nodes.size();
}

void PlanLoader::plan_waits() {
  coming_->latency_frames = find_waits(coming_->view, coming_->nodes, coming_->waits);
  for (size_t i = 0; i < coming_->view.nodes().size(); ++i)
    if (coming_->waits[i] > 0) nodes_.lend_line(*coming_->nodes[i]);
}

void PlanLoader::swap() {
  const span<const PlanNode> nodes = coming_->view.nodes();
  // What goes and what stays is told by the nodes themselves, so mark before anything moves.
  for (Node* node : nodes_.living()) node->leaving = true;
  for (size_t i = 0; i < nodes.size(); ++i) coming_->nodes[i]->leaving = false;
  for (size_t i = nodes_.living().size(); i-- > 0;)
    if (nodes_.living()[i]->leaving) nodes_.remove(*nodes_.living()[i]);
  for (size_t i = 0; i < nodes.size(); ++i) {
    Node& node = *coming_->nodes[i];
    const uint32_t asset_before = built_[i] ? 0 : node.asset;
    if (built_[i]) nodes_.enter(node);
    else nodes_.update(node, nodes[i], coming_->view);
    if (node.asset != asset_before) node.device->set_asset(assets_.view(node.asset));
    built_[i] = false;
    node.line.set_wait(coming_->waits[i]);
  }
  let_go(playing_->chunks);
  playing_->view = PlanView();
  LoadedPlan* before = playing_;
  playing_ = coming_;
  coming_ = before;
  stage_ = Stage::kIdle;
  outbox_.put(Message::plan_applied, playing_->revision);
}

Chunk* PlanLoader::find_chunk(uint32_t track, uint64_t hash) {
  for (Chunk& chunk : chunks_)
    if (track ? chunk.users > 0 && chunk.track == track && chunk.hash == hash : chunk.users == 0) return &chunk;
  return nullptr;
}

int PlanLoader::track_place(uint32_t track) const {
  if (coming_->view.empty()) return -1;
  const span<const PlanTrack> tracks = coming_->view.tracks();
  for (size_t i = 0; i < tracks.size(); ++i)
    if (tracks[i].id == track) return int(i);
  return -1;
}

void PlanLoader::hold(int place, Chunk* chunk) {
  Chunk*& held = coming_->chunks[place];
  ++chunk->users;
  if (held && --held->users == 0) pool_.give_back(held->memory);
  held = chunk;
}

void PlanLoader::let_go(Chunks& chunks) {
  for (Chunk*& chunk : chunks) {
    if (chunk && --chunk->users == 0) pool_.give_back(chunk->memory);
    chunk = nullptr;
  }
}

void PlanLoader::drop_coming() {
  for (size_t i = 0; i < size_t(kMaxNodes); ++i) {
    if (built_[i]) nodes_.remove(*coming_->nodes[i]);
    built_[i] = false;
  }
  for (Node* node : nodes_.living()) node->leaving = false;
  let_go(coming_->chunks);
  coming_->view = PlanView();
  stage_ = Stage::kIdle;
}

void PlanLoader::refuse(PlanRefusal why, size_t where) {
  const uint32_t revision = coming_->revision;
  let_go(given_up_);
  drop_coming();
  outbox_.put(Message::plan_refused, PlanRefusedPayload{revision, uint32_t(why), uint32_t(where)});
}

}  // namespace arietta
