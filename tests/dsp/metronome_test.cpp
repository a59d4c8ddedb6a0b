#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

TEST_CASE("a click falls on its frame and is short") {
  Player metronome(DeviceKind::metronome);
  metronome.note(1013, 77);
  const Stereo sound = metronome.render(24000);
  CHECK(peak({sound.left.data(), 1013}) == 0);
  CHECK(peak({sound.left.data() + 1013, 240}) > 0.05);
  CHECK(peak({sound.left.data() + 1013 + 7200, 10000}) == 0);
  CHECK(difference(sound.left, sound.right) < 1e-6);
}

TEST_CASE("the first beat is higher and louder than the others") {
  const auto click = [](uint8_t key) {
    Player metronome(DeviceKind::metronome);
    metronome.note(0, key);
    return metronome.render(8192).left;
  };
  const auto pitch = [&](uint8_t key) {
    const auto s = spectrum([&] {
      std::vector<float> x(8192), y = click(key);
      std::copy(y.begin(), y.begin() + 4096, x.begin() + 4096 - 300);
      return x;
    }(), 13);
    return std::max_element(s.begin(), s.end()) - s.begin();
  };
  CHECK(pitch(76) > 1.4 * double(pitch(77)));
  CHECK(rms(click(76)) > 1.1 * rms(click(77)));
}

TEST_CASE("every beat of a fast count is heard") {
  Player metronome(DeviceKind::metronome);
  for (int i = 0; i < 16; ++i) metronome.note(i * 2400, i % 4 ? 77 : 76);
  const Stereo sound = metronome.render(40000);
  for (int i = 0; i < 16; ++i) CHECK(peak({sound.left.data() + i * 2400, 240}) > 0.05);
}
