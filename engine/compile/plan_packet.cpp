#include <cstring>

#include "compile/compile_plan.h"
#include "proto/abi.h"
#include "proto/frame.h"

namespace arietta {
namespace {

size_t frame_bytes(size_t payload) { return (sizeof(FrameHeader) + payload + kFramePadding - 1) & ~(kFramePadding - 1); }

void put_bytes(FrameWriter& writer, Message type, const std::vector<uint8_t>& bytes, uint32_t dst) {
  const MutableBytes place = writer.add(type, bytes.size(), dst);
  if (!bytes.empty()) std::memcpy(place.data(), bytes.data(), bytes.size());
}

}  // namespace

std::vector<uint8_t> plan_packet(const CompiledPlan& plan, const std::unordered_map<uint32_t, uint64_t>& engine_has,
                                 uint32_t& seq) {
  const auto has = [&](const CompiledChunk& chunk) {
    const auto known = engine_has.find(chunk.track_id);
    return known != engine_has.end() && known->second == chunk.hash;
  };
  size_t bytes = frame_bytes(sizeof(PacketPayload)) + frame_bytes(sizeof(PlanBeginPayload)) + frame_bytes(plan.head.size()) +
                 frame_bytes(sizeof(uint32_t));
  for (const CompiledChunk& chunk : plan.chunks) bytes += frame_bytes(has(chunk) ? sizeof chunk.hash : chunk.bytes->size());

  std::vector<uint8_t> packet(bytes);
  FrameWriter writer(packet);
  writer.start_at(seq);
  const uint32_t frames = uint32_t(plan.chunks.size()) + 4;
  writer.put(Message::packet, PacketPayload{frames - 1, 0});
  writer.put(Message::plan_begin, PlanBeginPayload{plan.revision, uint32_t(plan.head.size())});
  put_bytes(writer, Message::plan_head, plan.head, 0);
  for (const CompiledChunk& chunk : plan.chunks) {
    if (has(chunk)) writer.put(Message::plan_keep, chunk.hash, chunk.track_id);
    else put_bytes(writer, Message::plan_chunk, *chunk.bytes, chunk.track_id);
  }
  writer.put(Message::plan_commit, plan.revision);
  seq += frames;
  return packet;
}

}  // namespace arietta
