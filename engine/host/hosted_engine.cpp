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
  answer_audio_wants(engine_->outbox());
}

// All at once, so the engine hears before it renders on, and needs no more than its memory of what is to come.
void HostedEngine::answer_audio_wants(Bytes packet) {
  std::vector<AudioWantPayload> wants;
  FrameReader reader(packet);
  for (FrameView frame; reader.next(frame);)
    if (AudioWantPayload want; frame.type == Message::audio_want && frame.get(want)) wants.push_back(want);
  for (const AudioWantPayload& want : wants) {
    const auto known = audio_.find(want.asset);
    if (known == audio_.end()) {
      send(Message::audio_gone, AudioGonePayload{want.asset, 1});
      continue;
    }
    for (uint32_t block = want.first; block < want.first + want.count; ++block) {
      const span<const float> all = known->second;
      const size_t at = std::min(size_t(block) * kAudioBlockSamples, all.size());
      const span<const float> samples = all.subspan(at, std::min(kAudioBlockSamples, all.size() - at));
      const AudioBlockPayload head{want.asset, block, uint32_t(samples.size()), 0};
      std::vector<uint8_t> payload(sizeof head + samples.size_bytes());
      std::memcpy(payload.data(), &head, sizeof head);
      if (!samples.empty()) std::memcpy(payload.data() + sizeof head, samples.data(), samples.size_bytes());
      send_bytes(Message::audio_block, payload);
    }
  }
}

}  // namespace arietta
