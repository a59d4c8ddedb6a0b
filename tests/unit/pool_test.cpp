#include "core/pool.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/random.h"

using namespace arietta;

TEST_CASE("What a pool gives out never overlaps and comes back whole") {
  std::vector<uint8_t> memory(1 << 20);
  Pool pool(memory);
  Random random(7);
  struct Block { MutableBytes bytes; uint8_t mark; };
  std::vector<Block> held;
  for (int round = 0; round < 5000; ++round) {
    if (held.size() < 60 && random.unit() < 0.6f) {
      const size_t bytes = 1 + random.next() % 30000;
      const MutableBytes block = pool.take(bytes);
      if (block.empty()) continue;
      CHECK(block.size() >= bytes);
      CHECK(reinterpret_cast<uintptr_t>(block.data()) % 16 == 0);
      const uint8_t mark = uint8_t(random.next());
      std::memset(block.data(), mark, block.size());
      held.push_back({block, mark});
    } else if (!held.empty()) {
      std::swap(held[random.next() % held.size()], held.back());
      const Block block = held.back();
      CHECK(std::all_of(block.bytes.begin(), block.bytes.end(), [&](uint8_t b) { return b == block.mark; }));
      pool.give_back(block.bytes);
      held.pop_back();
    }
  }
  for (const Block& block : held) pool.give_back(block.bytes);
  CHECK(pool.used() == 0);
  CHECK(pool.take(pool.capacity() - 64).size() > 0);      // all of it is one piece again
}

TEST_CASE("A pool refuses what does not fit and goes on") {
  std::vector<uint8_t> memory(4096);
  Pool pool(memory);
  CHECK(pool.take(size_t(-1)).empty());
  CHECK(pool.take(5000).empty());
  CHECK_FALSE(pool.take(2000).empty());
  CHECK(pool.take(2100).empty());
  CHECK_FALSE(pool.take(1000).empty());
  CHECK(pool.high_water() <= pool.capacity());
}

TEST_CASE("A pool of no memory has no room") {
  Pool pool;
  CHECK(pool.take(1).empty());
  CHECK(Pool(MutableBytes{}).take(1).empty());
}
