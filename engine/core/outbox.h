// What the engine has to say to the page: one packet, gathered until somebody takes it. When it is full, the
// newest frames are refused and counted.
#pragma once
#include "proto/abi.h"
#include "proto/frame.h"

namespace arietta {

class Outbox {
 public:
  Outbox() : writer_(memory_) {}

  // Starts a new packet if the last one was taken.                                          [audio]
  void turn_over() {
    if (taken_) writer_.clear();
    taken_ = false;
  }

  void put(Message type) { open(); writer_.put(type); }                  // [audio]
  template <class Payload>
  void put(Message type, const Payload& payload, uint32_t dst = 0) {     // [audio]
    open();
    writer_.put(type, payload, dst);
  }

  size_t room() const { return writer_.left(); }                         // bytes; what is longer is refused  [audio]

  // The packet so far; empty when there is nothing to say.                                  [audio]
  Bytes packet() {
    if (writer_.frames() == 0) return {};
    const PacketPayload head{writer_.frames() - 1, 0};
    std::memcpy(memory_ + sizeof(FrameHeader), &head, sizeof head);
    return writer_.bytes();
  }
  void mark_taken() { taken_ = writer_.frames() > 0; }

 private:
  void open() {
    if (writer_.frames() == 0) writer_.put(Message::packet, PacketPayload{});
  }

  alignas(16) uint8_t memory_[4096] = {};
  FrameWriter writer_;
  bool taken_ = false;
};

}  // namespace arietta
