// The kit's other makes, and the knobs of each pad.
#include <doctest/doctest.h>

#include "devices/drum_pads.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::drum_kit;

std::vector<float> struck(Player& kit, int key, float time_s) {
  kit.note(0, uint8_t(key), 0.9f);
  return kit.seconds(time_s).left;
}

std::vector<float> struck_with(uint16_t param, float value, int key, float time_s = 0.8f) {
  Player kit(DeviceKind::drum_kit);
  kit.set(param, value);
  return struck(kit, key, time_s);
}

double pitch_hz(const std::vector<float>& sound) {
  const auto amplitudes = spectrum({sound.data() + 4000, 1 << 14}, 14);
  const auto highest = std::max_element(amplitudes.begin() + 6, amplitudes.begin() + 200);
  return double(highest - amplitudes.begin()) * 24000 / double(amplitudes.size());
}

}  // namespace

TEST_CASE("every drum of every kit sounds, is not too loud, and ends") {
  for (int kind = 0; kind <= 6; ++kind)
    for (int key = 35; key <= 81; ++key) {
      Player kit(DeviceKind::drum_kit);
      kit.set(p::kit, float(kind));
      const std::vector<float> sound = struck(kit, key, 0.4f);
      CAPTURE(kind);
      CAPTURE(key);
      CHECK(peak(sound) > 0.01);
      CHECK(peak(sound) < 1.2);
      CHECK(std::fabs(mean(sound)) < 2e-3);
      kit.seconds(6);
      CHECK(kit.activity == Activity::kAsleep);
    }
}

TEST_CASE("no two kits have the same kick, snare or hat") {
  for (const int key : {36, 38, 42})
    for (int a = 0; a <= 6; ++a)
      for (int b = 0; b < a; ++b) {
        CAPTURE(key);
        CAPTURE(a);
        CAPTURE(b);
        const bool studio_hats = key == 42 && a <= 2;            // acoustic kits share their cymbals
        if (!studio_hats) CHECK(difference(struck_with(p::kit, float(a), key, 0.2f), struck_with(p::kit, float(b), key, 0.2f)) > 0.02);
      }
}

TEST_CASE("the boom machine's kick rings lower and longer than the club's") {
  const auto boom = struck_with(p::kit, 3, 36), club = struck_with(p::kit, 4, 36);
  CHECK(pitch_hz(boom) < 60);
  CHECK(rms({boom.data() + 24000, 9600}) > 5 * rms({club.data() + 24000, 9600}));
}

TEST_CASE("a pad's knobs move that drum and no other") {
  const std::vector<float> kick = struck_with(p::kick_tune, 0, 36), snare = struck_with(p::kick_tune, 0, 38);
  CHECK(pitch_hz(struck_with(p::kick_tune, 12, 36)) / pitch_hz(kick) == doctest::Approx(2).epsilon(0.08));
  CHECK(difference(struck_with(p::kick_tune, 12, 38), snare) == 0);
  CHECK(db(peak(struck_with(p::snare_level_db, -12, 38)) / peak(snare)) < -7);
  CHECK(difference(struck_with(p::snare_level_db, -12, 36), kick) == 0);
  CHECK(rms({struck_with(p::kick_length, 3, 36).data() + 20000, 4800}) > 4 * rms({kick.data() + 20000, 4800}));
}

TEST_CASE("every General MIDI drum belongs to a pad and every pad holds one") {
  int held[kDrumPads] = {};
  for (int key = 0; key < 128; ++key) {
    REQUIRE(drum_pad(key) < kDrumPads);
    if (key >= 35 && key <= 81) ++held[drum_pad(key)];
  }
  for (const int keys : held) CHECK(keys > 0);
}
