#include "tests/wire/wire_fixture.h"

#include <cstring>

#include "base/note_event.h"
#include "proto/abi.h"
#include "proto/frame.h"

namespace arietta {
namespace {

// Fills a packet with what `add` writes.
template <class Add>
WirePacket packet(const char* name, uint32_t frames, Add add) {
  std::vector<uint8_t> memory(4096);
  FrameWriter writer(memory);
  writer.put(Message::packet, PacketPayload{frames, 0});
  add(writer);
  return {name, {writer.bytes().begin(), writer.bytes().end()}};
}

std::string hex(Bytes bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string frames_json(Bytes bytes) {
  std::string text;
  FrameReader reader(bytes);
  FrameView frame;
  while (reader.next(frame)) {
    if (!text.empty()) text += ",";
    text += "\n    {\"type\": " + std::to_string(uint16_t(frame.type)) + ", \"dst\": " + std::to_string(frame.dst) +
            ", \"payload\": \"" + hex(frame.payload) + "\"}";
  }
  return text;
}

}  // namespace

std::vector<WirePacket> wire_packets() {
  std::vector<WirePacket> packets;
  packets.push_back(packet("transport", 6, [](FrameWriter& writer) {
    writer.put(Message::play);
    writer.put(Message::stop, uint32_t(1));
    writer.put(Message::seek, Tick(-960));
    writer.put(Message::loop, LoopPayload{1, 0, 960, 3840});
    writer.put(Message::tempo_preview, 97.25);
    writer.put(Message::metronome, uint32_t(1));
  }));
  packets.push_back(packet("live", 4, [](FrameWriter& writer) {
    writer.put(Message::note_on, NoteEvent{7, 0.75f, NoteEventType::kNoteOn, 60, 0, 0, 0.5f}, 0x80000005u);
    writer.put(Message::control, NoteEvent{0, -1.5f, NoteEventType::kBend, 0, 0}, 0x80000005u);
    writer.put(Message::note_off, NoteEvent{7, 0, NoteEventType::kNoteOff, 60, 0}, 0x80000005u);
    writer.put(Message::panic);
  }));
  packets.push_back(packet("knob", 3, [](FrameWriter& writer) {
    writer.put(Message::gesture_begin, uint32_t(4), 101);
    writer.put(Message::param_set, ParamPayload{4, 1234.5f}, 101);
    writer.put(Message::gesture_end, uint32_t(4), 101);
  }));
  packets.push_back(packet("asset", 3, [](FrameWriter& writer) {
    writer.put(Message::asset_begin, AssetBeginPayload{9, 11});
    const MutableBytes data = writer.add(Message::asset_data, sizeof(AssetDataPayload) + 11);
    const AssetDataPayload head{9, 0};
    std::memcpy(data.data(), &head, sizeof head);
    for (uint8_t i = 0; i < 11; ++i) data[sizeof head + i] = uint8_t(i + 1);
    writer.put(Message::asset_end, uint32_t(9));
  }));
  packets.push_back(packet("to the page", 5, [](FrameWriter& writer) {
    writer.put(Message::hello, HelloPayload{kAbiVersion, kCapabilitySimd, 0x0123456789abcdefull});
    writer.put(Message::plan_applied, uint32_t(3));
    writer.put(Message::plan_refused, PlanRefusedPayload{4, 12, 77});
    writer.put(Message::asset_refused, AssetRefusedPayload{9, 1});
    writer.put(Message::fault, FaultPayload{1, 101});
  }));
  return packets;
}

std::string wire_fixture_json() {
  std::string text = "[";
  for (const WirePacket& packet : wire_packets()) {
    if (text.size() > 1) text += ",";
    text += "\n  {\"name\": \"" + packet.name + "\", \"packet\": \"" + hex(packet.bytes) + "\", \"frames\": [" +
            frames_json(packet.bytes) + "]}";
  }
  return text + "\n]\n";
}

}  // namespace arietta
