#include "core/tempo_clock.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/random.h"

using namespace arietta;

TEST_CASE("Ticks and seconds go back and forth over many tempo changes, asked in any order") {
  std::vector<uint8_t> memory(1 << 20);
  Arena arena(memory);
  TempoClock clock;
  REQUIRE(clock.prepare(arena));
  Random random(11);
  std::vector<PlanTempo> tempos{{0, 120}};
  for (int i = 1; i < 500; ++i) tempos.push_back({tempos.back().tick + 1 + random.next() % 5000, 20.0 + random.next() % 300});
  clock.set_map(tempos);
  double seconds = 0;
  for (size_t i = 1; i < tempos.size(); ++i) {
    seconds += double(tempos[i].tick - tempos[i - 1].tick) / 960 * 60 / tempos[i - 1].quarters_per_minute;
    CHECK(clock.seconds_at(double(tempos[i].tick)) == doctest::Approx(seconds).epsilon(1e-12));
    CHECK(clock.quarters_per_minute_at(double(tempos[i].tick)) == doctest::Approx(tempos[i].quarters_per_minute));
  }
  for (int i = 0; i < 2000; ++i) {
    const double tick = random.unit() * double(tempos.back().tick) * 1.1;
    CHECK(clock.tick_at(clock.seconds_at(tick)) == doctest::Approx(tick).epsilon(1e-9));
  }
}
