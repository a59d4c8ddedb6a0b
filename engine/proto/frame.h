// Frames and packets: the bytes that cross between page and engine, over ports or shared rings alike.
// A frame is a 16-byte header and a payload, padded to 8 bytes. A packet is whole frames, the first of
// type `packet`. Unknown types are skipped by size, so an old engine works with a newer page.
#pragma once
#include <cstring>

#include "base/types.h"

namespace arietta {

enum class Message : uint16_t {
#define WIRE_MESSAGE(number, name, direction) name = number,
#include "proto/messages.def"
#undef WIRE_MESSAGE
};

inline constexpr uint16_t kFrameCoalesce = 2;      // only the last one of its kind matters (carriers may drop the others)

struct FrameHeader {
  uint32_t size;      // whole frame: header, payload, padding
  uint16_t type;      // Message
  uint16_t flags;     // kFrameCoalesce or 0
  uint32_t seq;       // per direction, one more each frame
  uint32_t dst;       // node, track or 0
};
static_assert(sizeof(FrameHeader) == 16);

inline constexpr size_t kFramePadding = 8;

// Writes frames into memory it does not own; refuses what does not fit and counts it.
class FrameWriter {
 public:
  explicit FrameWriter(MutableBytes memory) : memory_(memory) {}

  // Reserves a frame and gives its payload to fill in; empty when it does not fit.      [any]
  MutableBytes add(Message type, size_t payload_bytes, uint32_t dst = 0, uint16_t flags = 0) {
    const size_t size = (sizeof(FrameHeader) + payload_bytes + kFramePadding - 1) & ~(kFramePadding - 1);
    if (size > memory_.size() - used_) {
      ++refused_;
      return {};
    }
    const FrameHeader header{uint32_t(size), uint16_t(type), flags, next_seq_++, dst};
    uint8_t* at = memory_.data() + used_;
    std::memcpy(at, &header, sizeof header);
    std::memset(at + sizeof header, 0, size - sizeof header);
    used_ += size;
    ++frames_;
    return {at + sizeof header, payload_bytes};
  }
  template <class Payload>
  bool put(Message type, const Payload& payload, uint32_t dst = 0) {
    const MutableBytes place = add(type, sizeof payload, dst);
    if (place.empty()) return false;
    std::memcpy(place.data(), &payload, sizeof payload);
    return true;
  }
  void put(Message type) { add(type, 0); }

  Bytes bytes() const { return memory_.first(used_); }
  size_t left() const { return memory_.size() - used_; }
  uint32_t frames() const { return frames_; }
  uint32_t refused() const { return refused_; }
  void clear() { used_ = 0; frames_ = 0; }                // seq goes on
  void start_at(uint32_t seq) { next_seq_ = seq; }

 private:
  MutableBytes memory_;
  size_t used_ = 0;
  uint32_t frames_ = 0, next_seq_ = 0, refused_ = 0;
};

struct FrameView {
  Message type;
  uint16_t flags;
  uint32_t seq, dst;
  Bytes payload;               // padding included

  // The payload as a plain struct; false when it is too short.                           [any]
  template <class Payload>
  bool get(Payload& out) const {
    if (payload.size() < sizeof out) return false;
    std::memcpy(&out, payload.data(), sizeof out);
    return true;
  }
};

// Walks the frames of a packet; stops at the first broken header.
class FrameReader {
 public:
  explicit FrameReader(Bytes packet) : rest_(packet) {}

  bool next(FrameView& out) {
    if (rest_.size() < sizeof(FrameHeader)) return false;
    FrameHeader header;
    std::memcpy(&header, rest_.data(), sizeof header);
    if (header.size < sizeof header || header.size > rest_.size() || header.size % kFramePadding) {
      broken_ = true;
      return false;
    }
    out = {Message(header.type), header.flags, header.seq, header.dst,
           rest_.subspan(sizeof header, header.size - sizeof header)};
    rest_ = rest_.subspan(header.size);
    return true;
  }
  bool broken() const { return broken_; }

 private:
  Bytes rest_;
  bool broken_ = false;
};

}  // namespace arietta
