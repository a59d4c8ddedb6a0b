// The gate: closed for what is soft, open for what is loud, steady on the edge, and never a click.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::gate;

struct Setting { uint16_t index; float plain; };

struct Gated : Player {
  explicit Gated(std::vector<Setting> settings = {}) : Player(DeviceKind::gate) {
    for (const Setting& s : settings) set(s.index, s.plain);
    device->reset();
  }
  // Decibels from input to output of a settled tone.
  double gain(double level_db) {
    const double amplitude = std::pow(10, level_db / 20);
    return db(rms(tone_through(*this, 500, amplitude, 9600).left) / (amplitude / std::sqrt(2)));
  }
};

}  // namespace

TEST_CASE("what is loud passes untouched, what is soft is silence or as soft as asked") {
  CHECK(std::fabs(Gated().gain(-30)) < 0.001);
  CHECK(Gated().gain(-50) < -200);
  CHECK(Gated({{p::floor_db, -20}}).gain(-50) == doctest::Approx(-20).epsilon(0.001));
}

TEST_CASE("once open it stays open until the sound is softer by the steadiness") {
  Gated gate({{p::threshold_db, -30}, {p::hysteresis_db, 10}});
  CHECK(gate.gain(-35) < -100);
  CHECK(std::fabs(gate.gain(-25)) < 0.001);
  CHECK(std::fabs(gate.gain(-37)) < 0.001);
  CHECK(gate.gain(-43) < -100);
}

TEST_CASE("it opens, holds and fades in the times of the knobs") {
  Gated gate({{p::attack_s, 0.01f}, {p::hold_s, 0.2f}, {p::release_s, 0.1f}, {p::hysteresis_db, 0}});
  // A hum under the threshold; a loud second opens the gate for it.
  gate.input = [](int frame, int) { return (frame >= 4800 && frame < 52800 ? 0.5f : 0.002f) * (frame % 2 ? -1.0f : 1.0f); };
  const Stereo sound = gate.render(96000);
  const auto open = [&](int frame) { return std::fabs(sound.left[size_t(frame)] / gate.input(frame, 0)); };
  CHECK(open(4700) == 0);
  CHECK(open(4800 + 240) == doctest::Approx(0.5).epsilon(0.02));       // half of the way in half of the time
  CHECK(open(4800 + 480) == doctest::Approx(1).epsilon(0.01));
  const int fell = 52800 + int(48000 * 0.01 * std::log(50));           // the level has come down from 0.5 to 0.01
  CHECK(open(fell + 9500) == doctest::Approx(1).epsilon(0.01));        // 0.2 s later
  CHECK(open(fell + 9600 + 2400) == doctest::Approx(0.5).epsilon(0.1));
  CHECK(open(fell + 9600 + 4900) == 0);
}

TEST_CASE("another track opens it") {
  Gated gate;
  alignas(16) float key[kMaxBlock], left[kMaxBlock], right[kMaxBlock];
  for (int block = 0; block < 30; ++block) {
    for (int i = 0; i < kMaxBlock; ++i) {
      key[i] = 0.3f;
      left[i] = right[i] = 0.001f;
    }
    gate.device->sidechain({key, key, kMaxBlock});
    gate.device->render({left, right, kMaxBlock});
  }
  CHECK(left[0] == doctest::Approx(0.001));
}
