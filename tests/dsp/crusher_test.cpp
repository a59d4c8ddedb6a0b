// The crusher: as many steps as its bits say, as few samples as its rate says, and smooth when asked.
#include <doctest/doctest.h>

#include <set>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::crusher;

struct Setting { uint16_t index; float plain; };

Player crushed(std::vector<Setting> settings) {
  Player player(DeviceKind::crusher);
  for (const Setting& s : settings) player.set(s.index, s.plain);
  player.device->reset();
  return player;
}

}  // namespace

TEST_CASE("so many bits, so many steps") {
  for (const int bits : {2, 4, 8}) {
    Player player = crushed({{p::bits, float(bits)}, {p::rate_hz, 48000}});
    const Stereo sound = tone_through(player, 37, 0.999, 48000);
    std::set<float> values(sound.left.begin(), sound.left.end());
    CHECK(values.size() == size_t((1 << bits) + 1));
  }
  Player fine = crushed({{p::bits, 16}, {p::rate_hz, 48000}});
  const Stereo sound = tone_through(fine, 997, 0.5, 1 << 15);
  CHECK(alias_floor_db(sound.left, 15, 997) < -95);
}

TEST_CASE("the clock is as slow as it says") {
  Player player = crushed({{p::bits, 16}, {p::rate_hz, 6000}});
  const Stereo sound = tone_through(player, 100, 0.5, 48000);
  int steps = 0;
  for (size_t i = 1; i < sound.size(); ++i) steps += std::fabs(sound.left[i] - sound.left[i - 1]) > 1e-6f;
  CHECK(steps == doctest::Approx(6000).epsilon(0.02));
}

TEST_CASE("smoothness takes away what the slow clock mirrors") {
  const auto mirrored = [](float smooth) {       // 1 kHz at a clock of 8 kHz comes back at 7 kHz
    Player player = crushed({{p::bits, 16}, {p::rate_hz, 8000}, {p::smooth, smooth}});
    const Stereo sound = tone_through(player, 1000, 0.5, 48000);
    return db(partial(sound.left, 7000) / partial(sound.left, 1000));
  };
  CHECK(mirrored(0) > -20);
  CHECK(mirrored(1) < -34);
  const auto folded = [](float smooth) {         // 7 kHz cannot be told from 1 kHz, unless it is taken away before
    Player player = crushed({{p::bits, 16}, {p::rate_hz, 8000}, {p::smooth, smooth}});
    return db(partial(tone_through(player, 7000, 0.5, 48000).left, 1000) / 0.5);
  };
  CHECK(folded(0) > -3);
  CHECK(folded(1) < -20);
}
