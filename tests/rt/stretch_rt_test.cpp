// Stretching takes its memory before it plays.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "base/rt.h"
#include "stretch/stretcher.h"
#include "tests/rt/allocation_trap.h"

using namespace arietta;

TEST_CASE("A stretcher allocates nothing while it plays, starts and changes") {
  std::vector<uint8_t> memory(Stretcher::bytes(48000));
  Arena arena(memory);
  const auto stretcher = std::make_unique<Stretcher>();
  REQUIRE(stretcher->prepare(48000, arena));
  std::vector<float> source(20000), left(128), right(128);
  for (size_t i = 0; i < source.size(); ++i) source[i] = i % 3000 < 20 ? 0.5f : 0.1f;
  AllocationTrap::reset();
  {
    const RtSection section;
    for (int block = 0; block < 400; ++block) {
      if (block % 100 == 0) stretcher->start(block * 10);
      stretcher->set_speed(0.25 + block * 0.009);
      stretcher->set_pitch(block % 24 - 12);
      const Stretcher::Span need = stretcher->need(128);
      REQUIRE(need.count < int(source.size()));
      stretcher->feed(source.data(), source.data(), need.count);
      stretcher->pull(left.data(), right.data(), 128);
    }
  }
  CHECK(AllocationTrap::count() == 0);
}
