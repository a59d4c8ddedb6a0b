#include "host/hosted_engine.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace arietta {
namespace {

// A plan of the largest size is ready after some thirty quanta; this is far beyond.
constexpr int kPatience = 4096;

template <class T>
T read(const std::vector<uint8_t>& payload) {
  T value{};
  std::memcpy(&value, payload.data(), std::min(sizeof value, payload.size()));
  return value;
}

}  // namespace

// calloc, so that memory the song does not need is never touched.
HostedEngine::HostedEngine(float sample_rate, int max_quantum, size_t arena_bytes)
    : arena_bytes_(arena_bytes),
      arena_(static_cast<uint8_t*>(std::calloc(arena_bytes, 1))),
      engine_(std::make_unique<Engine>()),
      ok_(arena_ && engine_->init(sample_rate, max_quantum, {arena_, arena_bytes_})) {}

HostedEngine::~HostedEngine() { std::free(arena_); }

void HostedEngine::send_bytes(Message type, Bytes payload, uint32_t dst) {
  std::vector<uint8_t> packet(sizeof(FrameHeader) * 2 + sizeof(PacketPayload) + payload.size() + kFramePadding);
  FrameWriter writer(packet);
  writer.start_at(seq_);
  seq_ += 2;
  writer.put(Message::packet, PacketPayload{1, 0});
  const MutableBytes place = writer.add(type, payload.size(), dst);
  std::copy(payload.begin(), payload.end(), place.begin());
  send_packet(writer.bytes());
}

bool HostedEngine::send_packet(Bytes packet) {
  const MutableBytes inbox = engine_->inbox(packet.size());
  if (inbox.size() < packet.size()) return false;
  std::copy(packet.begin(), packet.end(), inbox.begin());
  engine_->receive(inbox);
  listen();
  return true;
}

Result<bool> HostedEngine::load_asset(uint32_t id, Bytes bank) {
  take_said();
  send(Message::asset_begin, AssetBeginPayload{id, uint32_t(bank.size())});
  for (size_t at = 0; at < bank.size(); at += kMaxAssetSlice) {
    const Bytes slice = bank.subspan(at, std::min(kMaxAssetSlice, bank.size() - at));
    const AssetDataPayload head{id, uint32_t(at)};
    std::vector<uint8_t> payload(sizeof head + slice.size());
    std::memcpy(payload.data(), &head, sizeof head);
    std::copy(slice.begin(), slice.end(), payload.begin() + sizeof head);
    send_bytes(Message::asset_data, payload);
  }
  send(Message::asset_end, id);
  std::vector<uint8_t> answer;
  if (wait_for(Message::asset_ready, Message::asset_refused, answer)) return true;
  switch (AssetRefusal(read<AssetRefusedPayload>(answer).why)) {
#define ASSET_REFUSAL(number, symbol, sentence) \
  case AssetRefusal::symbol: return Error{sentence};
#include "proto/reasons.def"
#undef ASSET_REFUSAL
  }
  return Error{"The engine did not take a sound."};
}

Result<bool> HostedEngine::load_plan(Bytes plan_packet) {
  take_said();
  if (!send_packet(plan_packet)) return Error{std::string(refusal_sentence(PlanRefusal::kTooManyEvents))};
  std::vector<uint8_t> answer;
  if (wait_for(Message::plan_applied, Message::plan_refused, answer)) return true;
  return Error{std::string(refusal_sentence(PlanRefusal(read<PlanRefusedPayload>(answer).why)))};
}

bool HostedEngine::wait_for(Message fine, Message refused, std::vector<uint8_t>& answer) {
  for (int tries = 0; tries < kPatience; ++tries) {
    for (Said& said : take_said()) {
      if (said.type == fine) return true;
      if (said.type != refused) continue;
      answer = std::move(said.payload);
      return false;
    }
    render_apart(kMaxBlock);
  }
  return false;
}

void HostedEngine::render(int frames, Sound& out) {
  while (frames > 0) {
    const int count = std::min(frames, engine_->max_quantum());
    const float* left = engine_->render(count);
    const float* right = left + engine_->max_quantum();
    out.left.insert(out.left.end(), left, left + count);
    out.right.insert(out.right.end(), right, right + count);
    frames -= count;
    listen();
  }
}

void HostedEngine::render_apart(int frames) {
  engine_->render(frames);
  listen();
}

std::vector<HostedEngine::Said> HostedEngine::take_said() { return std::move(said_); }

void HostedEngine::listen() {
  FrameReader reader(engine_->outbox());
  FrameView frame;
  while (reader.next(frame))
    if (frame.type != Message::packet)
      said_.push_back({frame.type, frame.dst, {frame.payload.begin(), frame.payload.end()}});
}

}  // namespace arietta
