#include "ui/link.h"

#include <cstring>
#include <type_traits>

#include "proto/abi.h"

namespace arietta::ui {
namespace {

template <class T>
Bytes bytes_of(const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  return {reinterpret_cast<const uint8_t*>(&value), sizeof value};
}

}  // namespace

void Link::frame(Message type, Bytes payload, uint32_t dst, uint16_t flags) {
  // A packet begins with a frame that says how many there are; take() fills in the number.
  if (bytes_.empty() && type != Message::packet) frame(Message::packet, bytes_of(PacketPayload{}));
  const size_t size = (sizeof(FrameHeader) + payload.size() + kFramePadding - 1) & ~(kFramePadding - 1);
  const FrameHeader header{uint32_t(size), uint16_t(type), flags, seq_++, dst};
  const Bytes head = bytes_of(header);
  bytes_.insert(bytes_.end(), head.begin(), head.end());
  bytes_.insert(bytes_.end(), payload.begin(), payload.end());
  bytes_.resize(bytes_.size() + size - sizeof header - payload.size());
  ++frames_;
}

void Link::play() { frame(Message::play, {}); }
void Link::stop(bool rewind) { frame(Message::stop, bytes_of(uint32_t(rewind))); }
void Link::seek(Tick tick) { frame(Message::seek, bytes_of(tick)); }
void Link::loop(bool on, Tick start, Tick end) { frame(Message::loop, bytes_of(LoopPayload{on, 0, start, end})); }
void Link::metronome(bool on) { frame(Message::metronome, bytes_of(uint32_t(on))); }
void Link::panic() { frame(Message::panic, {}); }
void Link::subscribe(uint32_t mask) { frame(Message::subscribe, bytes_of(mask)); }

void Link::note(uint32_t node, const NoteEvent& event) {
  const Message type = event.type == NoteEventType::kNoteOn    ? Message::note_on
                       : event.type == NoteEventType::kNoteOff ? Message::note_off
                                                               : Message::control;
  frame(type, bytes_of(event), node);
}

void Link::gesture_begin(uint32_t node, uint16_t index) {
  frame(Message::gesture_begin, bytes_of(uint32_t(index)), node);
}
void Link::param(uint32_t node, uint16_t index, float plain) {
  frame(Message::param_set, bytes_of(ParamPayload{index, plain}), node, kFrameCoalesce);
}
void Link::gesture_end(uint32_t node, uint16_t index) { frame(Message::gesture_end, bytes_of(uint32_t(index)), node); }

void Link::plan(const CompiledPlan& plan) {
  const std::vector<uint8_t> packet = plan_packet(plan, engine_has_, seq_);
  FrameReader reader(packet);
  for (FrameView view; reader.next(view);) {
    if (view.type != Message::packet) frame(view.type, view.payload, view.dst, view.flags);
  }
  engine_has_.clear();
  for (const CompiledChunk& chunk : plan.chunks) engine_has_[chunk.track_id] = chunk.hash;
}

void Link::engine_restarted() {
  engine_has_.clear();
  bytes_.clear();
  frames_ = 0;
}

void Link::plan_refused() { engine_has_.clear(); }

std::vector<uint8_t> Link::take() {
  if (bytes_.empty()) return {};
  std::memcpy(bytes_.data() + sizeof(FrameHeader), &frames_, sizeof frames_);
  frames_ = 0;
  std::vector<uint8_t> packet;
  packet.swap(bytes_);
  return packet;
}

}  // namespace arietta::ui
