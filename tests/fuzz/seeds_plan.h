// Seed corpus of the engine's two fuzz targets: whole plans (host/fuzz_targets.h says how they are laid out) and
// packets with every kind of message.
#pragma once
#include "compile/compile_plan.h"
#include "proto/abi.h"
#include "proto/frame.h"
#include "base/note_event.h"

inline std::vector<std::vector<uint8_t>> plan_seeds(const std::vector<arietta::Document>& songs) {
  std::vector<std::vector<uint8_t>> seeds;
  for (const arietta::Document& song : songs) {
    const arietta::CompiledPlan plan = arietta::PlanCompiler().compile(song, {});
    if (plan.chunks.size() > 1 && !seeds.empty()) continue;          // the target plays plans of one track
    std::vector<uint8_t> seed{uint8_t(plan.head.size()), uint8_t(plan.head.size() >> 8), 0, 0};
    seed.insert(seed.end(), plan.head.begin(), plan.head.end());
    if (!plan.chunks.empty()) seed.insert(seed.end(), plan.chunks[0].bytes->begin(), plan.chunks[0].bytes->end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

inline std::vector<std::vector<uint8_t>> packet_seeds(const std::vector<arietta::Document>& songs) {
  using namespace arietta;
  std::vector<std::vector<uint8_t>> seeds;
  for (const Document& song : songs) {
    uint32_t seq = 0;
    std::vector<uint8_t> packet = plan_packet(PlanCompiler().compile(song, {}), {}, seq);
    if (packet.size() < 20000) seeds.push_back(std::move(packet));
  }
  std::vector<uint8_t> memory(2048);
  FrameWriter writer(memory);
  const uint32_t node = node_plan_id(make_id(1, 2)), one = 1;
  writer.put(Message::packet, PacketPayload{});
  writer.put(Message::play);
  writer.put(Message::loop, LoopPayload{1, 0, 0, 3840});
  writer.put(Message::seek, Tick(960));
  writer.put(Message::tempo_preview, 90.0);
  writer.put(Message::metronome, one);
  writer.put(Message::note_on, NoteEvent{1, 0.5f, NoteEventType::kNoteOn, 60, 0}, node);
  writer.put(Message::control, NoteEvent{0, 0.5f, NoteEventType::kController, 64, 0}, node);
  writer.put(Message::note_off, NoteEvent{1, 0, NoteEventType::kNoteOff, 60, 0}, node);
  writer.put(Message::gesture_begin, one, node);
  writer.put(Message::param_set, ParamPayload{1, 0.5f}, node);
  writer.put(Message::gesture_end, one, node);
  writer.put(Message::asset_begin, AssetBeginPayload{5, 64});
  writer.put(Message::asset_data, AssetDataPayload{5, 0});
  writer.put(Message::asset_end, uint32_t(5));
  writer.put(Message::asset_drop, uint32_t(5));
  writer.put(Message::subscribe, one);
  writer.put(Message::ping, one);
  writer.put(Message::panic);
  writer.put(Message::stop, one);
  writer.put(Message::reset);
  seeds.emplace_back(writer.bytes().begin(), writer.bytes().end());
  return seeds;
}
