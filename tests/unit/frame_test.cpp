#include "proto/frame.h"

#include <doctest/doctest.h>

#include <vector>

#include "core/outbox.h"

using namespace arietta;

TEST_CASE("Frames come back as they were written, padded to eight bytes, numbered") {
  std::vector<uint8_t> memory(512);
  FrameWriter writer(memory);
  writer.start_at(41);
  writer.put(Message::ping, uint32_t(0xabcdef01), 99);
  const MutableBytes place = writer.add(Message::plan_head, 5);
  for (size_t i = 0; i < 5; ++i) place[i] = uint8_t(i + 1);
  writer.put(Message::play);

  FrameReader reader(writer.bytes());
  FrameView frame;
  REQUIRE(reader.next(frame));
  uint32_t token = 0;
  CHECK((frame.type == Message::ping && frame.seq == 41 && frame.dst == 99));
  CHECK((frame.get(token) && token == 0xabcdef01));
  REQUIRE(reader.next(frame));
  CHECK((frame.type == Message::plan_head && frame.payload.size() == 8 && frame.payload[4] == 5 && frame.payload[7] == 0));
  REQUIRE(reader.next(frame));
  CHECK((frame.type == Message::play && frame.seq == 43 && frame.payload.empty()));
  CHECK_FALSE(reader.next(frame));
  CHECK_FALSE(reader.broken());
}

TEST_CASE("A frame that does not fit is refused and counted, the others stay") {
  std::vector<uint8_t> memory(40);
  FrameWriter writer(memory);
  CHECK(writer.put(Message::ping, uint32_t(1)));
  CHECK_FALSE(writer.put(Message::ping, uint32_t(2)));
  CHECK(writer.refused() == 1);
  CHECK(writer.bytes().size() == 24);
}

TEST_CASE("Broken frame sizes end the packet") {
  for (uint32_t size : {0u, 8u, 15u, 20u, 33u, 1000u, 0xffffffffu}) {
    std::vector<uint8_t> memory(32);
    const FrameHeader header{size, uint16_t(Message::play), 0, 0, 0};
    std::memcpy(memory.data(), &header, sizeof header);
    FrameReader reader(memory);
    FrameView frame;
    CHECK_FALSE(reader.next(frame));
    CHECK(reader.broken());
  }
}

TEST_CASE("The outbox gathers until somebody takes it, then starts anew") {
  Outbox outbox;
  CHECK(outbox.packet().empty());
  outbox.put(Message::pong, uint32_t(1));
  outbox.put(Message::song_ended);
  PacketPayload head;
  FrameReader reader(outbox.packet());
  FrameView frame;
  REQUIRE(reader.next(frame));
  REQUIRE(frame.get(head));
  CHECK(head.frames == 2);
  outbox.turn_over();                                   // nobody took it yet
  CHECK_FALSE(outbox.packet().empty());
  outbox.mark_taken();
  outbox.turn_over();
  CHECK(outbox.packet().empty());
  for (int i = 0; i < 1000; ++i) outbox.put(Message::pong, uint32_t(i));
  CHECK(outbox.packet().size() <= 4096);
}
