#include <doctest/doctest.h>

#include <cstring>
#include <vector>

#include "core/audio_blocks.h"

using namespace arietta;

namespace {

constexpr int64_t kBlock = int64_t(kAudioBlockSamples);

struct Desk {
  explicit Desk(int count = 8) : memory(size_t(count + 4) * kAudioBlockSamples * sizeof(float) + 65536), blocks(outbox) {
    Arena arena(memory);
    REQUIRE(blocks.prepare(arena, count));
  }
  // What it asks for in one control block.
  std::vector<AudioWantPayload> step() {
    outbox.mark_taken();
    outbox.turn_over();
    blocks.step();
    std::vector<AudioWantPayload> wants;
    FrameReader reader(outbox.packet());
    for (FrameView frame; reader.next(frame);)
      if (AudioWantPayload want; frame.type == Message::audio_want && frame.get(want)) wants.push_back(want);
    outbox.mark_taken();
    return wants;
  }
  void give(uint32_t asset, uint32_t block, size_t count = kAudioBlockSamples) {
    std::vector<float> samples(count);
    for (size_t i = 0; i < count; ++i) samples[i] = float(asset * 1000000 + block * kAudioBlockSamples + i);
    blocks.receive(asset, block, {reinterpret_cast<const uint8_t*>(samples.data()), count * sizeof(float)});
  }

  std::vector<uint8_t> memory;
  Outbox outbox;
  AudioBlocks blocks;
};

}  // namespace

TEST_CASE("what is wanted is asked for once, and again when nobody answers") {
  Desk desk;
  desk.blocks.want(7, 1, 0, 2 * kBlock);
  const std::vector<AudioWantPayload> wants = desk.step();
  REQUIRE(wants.size() == 2);
  CHECK(wants[0].asset == 7);
  CHECK(wants[1].first == 1);
  size_t asked = 0;
  for (int i = 0; i < 3500; ++i) {
    desk.blocks.want(7, 1, 0, 2 * kBlock);
    asked += desk.step().size();
  }
  CHECK(asked == 2);
}

TEST_CASE("frames are read across blocks; what is not there is silence") {
  Desk desk;
  desk.blocks.want(3, 2, 0, kBlock);
  desk.give(3, 0);
  desk.give(3, 1, 100);
  float left[8], right[8];
  desk.blocks.read(3, 2, kBlock / 2 - 2, 8, left, right);
  CHECK(left[0] == float(3000000 + kBlock - 4));
  CHECK(right[0] == float(3000000 + kBlock - 3));
  CHECK(left[2] == float(3000000 + kBlock));
  CHECK(desk.blocks.has(3, 2, 0, kBlock / 2 + 50));
  desk.blocks.read(3, 2, kBlock / 2 + 48, 8, left, right);
  CHECK(left[1] == float(3000000 + kBlock + 98));
  CHECK(left[2] == 0);                                   // behind the asset's end
  desk.blocks.read(3, 2, -3, 8, left, right);
  CHECK(left[2] == 0);
  CHECK(left[3] == 3000000);
  CHECK_FALSE(desk.blocks.has(4, 1, 0, 1));
}

TEST_CASE("blocks nobody wants any more make room; those still wanted stay") {
  Desk desk(4);
  desk.blocks.want(1, 1, 0, 4 * kBlock);
  for (uint32_t i = 0; i < 4; ++i) desk.give(1, i);
  CHECK(desk.blocks.held() == 4);
  desk.blocks.want(2, 1, 0, kBlock);                     // all four are still needed
  CHECK(desk.step().empty());
  for (int i = 0; i < 100; ++i) {
    desk.step();
    desk.blocks.want(1, 1, 0, kBlock);
  }
  desk.blocks.want(2, 1, 0, kBlock);
  REQUIRE(desk.step().size() == 1);
  desk.give(2, 0);
  CHECK(desk.blocks.has(1, 1, 0, kBlock));
  CHECK(desk.blocks.has(2, 1, 0, kBlock));
  CHECK(desk.blocks.held() == 4);
}

TEST_CASE("a block that was not asked for, is too long or of a lost asset does no harm") {
  Desk desk;
  desk.give(9, 3);
  CHECK(desk.blocks.held() == 0);
  desk.blocks.want(9, 1, 0, 10);
  std::vector<uint8_t> long_one(kAudioBlockSamples * sizeof(float) + 4);
  desk.blocks.receive(9, 0, long_one);
  CHECK(desk.blocks.held() == 0);
  desk.step();
  desk.blocks.gone(9, true);
  CHECK(desk.blocks.has(9, 1, 0, 10));                   // there is nothing to wait for
  float left[4], right[4];
  desk.blocks.read(9, 1, 0, 4, left, right);
  CHECK(left[0] == 0);
  desk.blocks.gone(9, false);
  CHECK(desk.step().size() == 1);
}
