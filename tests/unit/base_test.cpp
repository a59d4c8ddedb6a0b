#include <doctest/doctest.h>

#include <vector>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/mathx.h"
#include "base/random.h"

using namespace arietta;

TEST_CASE("An arena gives aligned pieces until it is full, and takes them back by mark") {
  std::vector<uint8_t> memory(1000);
  Arena arena(memory);
  const size_t mark = arena.mark();
  uint8_t* last_end = memory.data();
  int pieces = 0;
  while (void* piece = arena.take(33)) {
    CHECK(reinterpret_cast<uintptr_t>(piece) % 16 == 0);
    CHECK(static_cast<uint8_t*>(piece) >= last_end);
    last_end = static_cast<uint8_t*>(piece) + 33;
    ++pieces;
  }
  CHECK(last_end <= memory.data() + memory.size());
  CHECK(pieces >= 1000 / 48 - 1);
  CHECK(arena.take(size_t(-1)) == nullptr);
  CHECK(arena.array<double>(size_t(-1) / 4).empty());
  arena.rewind(mark);
  CHECK(arena.take(900) != nullptr);
  CHECK(arena.high_water() <= 1000);
}

TEST_CASE("Numbers written come back; the reader never passes the end") {
  const uint64_t edges[] = {0, 1, 127, 128, 16383, 16384, 0xffffffffull, 0x8000000000000000ull, ~0ull};
  ByteWriter out;
  for (uint64_t value : edges) out.varint(value);
  for (uint64_t value : edges) out.svarint(int64_t(value));
  out.u16_be(0x1234);
  out.u32_be(0x12345678);
  out.f64(-0.1);
  const std::vector<uint8_t> bytes = out.release();
  ByteReader in(bytes);
  for (uint64_t value : edges) CHECK(in.varint() == value);
  for (uint64_t value : edges) CHECK(in.svarint() == int64_t(value));
  CHECK(in.u16_be() == 0x1234);
  CHECK(in.u32_be() == 0x12345678);
  CHECK(in.f64() == -0.1);
  CHECK(in.at_end());
  CHECK(in.u8() == 0);
  CHECK_FALSE(in.ok());
}

TEST_CASE("A number of more than 64 bits is refused") {
  const std::vector<uint8_t> too_long(11, 0xff), too_large{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
  for (const std::vector<uint8_t>& bytes : {too_long, too_large}) {
    ByteReader in(bytes);
    in.varint();
    CHECK_FALSE(in.ok());
  }
}

TEST_CASE("Hashes are the same on every machine and differ for different content") {
  CHECK(Hash64().text("arietta").value() == 8769573203127546187ull);
  CHECK(Hash64().text("ab").value() != Hash64().text("ba").value());
  CHECK(Hash64().number(1).value() != Hash64().number(256).value());
}

TEST_CASE("The random sequence is fixed by its seed and spread evenly") {
  Random a(5), b(5);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const float value = a.unit();
    CHECK(value == b.unit());
    CHECK((value >= 0 && value < 1));
    sum += double(value);
  }
  CHECK(sum / 10000 == doctest::Approx(0.5).epsilon(0.02));
  CHECK(Random(0).next() != 0);
}

TEST_CASE("Musical conversions") {
  CHECK(key_to_hz(69) == doctest::Approx(440));
  CHECK(key_to_hz(60) == doctest::Approx(261.6256));
  CHECK(db_to_gain(-6.0206f) == doctest::Approx(0.5).epsilon(1e-4));
  CHECK(gain_to_db(db_to_gain(-23.5f)) == doctest::Approx(-23.5));
  CHECK(cents_to_ratio(1200) == doctest::Approx(2));
}
