// The compressor: turns down by what its curve says, in the times it says, for whatever it listens to.
#include <doctest/doctest.h>

#include "devices/compressor.h"
#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::compressor;

struct Setting { uint16_t index; float plain; };

struct Squeezer : Player {
  explicit Squeezer(std::vector<Setting> settings) : Player(DeviceKind::compressor) {
    for (const Setting& s : settings) set(s.index, s.plain);
    device->reset();
  }
};

double amplitude(double level_db) { return std::pow(10, level_db / 20); }

double level_out(std::vector<Setting> settings, double level_db, double hz = 1000) {
  Squeezer compressor(std::move(settings));
  return db(std::sqrt(2) * rms(tone_through(compressor, hz, amplitude(level_db), 48000, 96000).left));
}

// A wave whose size is the same at every frame, so that the gain can be read off at any of them.
std::function<float(int, int)> steps(double before_db, double after_db, int at) {
  return [=](int frame, int) { return float(amplitude(frame < at ? before_db : after_db)) * (frame / 24 % 2 ? -1.0f : 1.0f); };
}

double gain_at(const Player& player, const Stereo& sound, int frame) {
  return db(sound.left[size_t(frame)] / player.input(frame, 0));
}

}  // namespace

TEST_CASE("levels come out as the curve says, within half a decibel") {
  const std::vector<Setting> hard{{p::threshold_db, -24}, {p::ratio, 4}, {p::knee_db, 0}};
  for (const double level : {-50.0, -30.0, -24.0, -16.0, -8.0, 0.0}) {
    CAPTURE(level);
    CHECK(std::fabs(level_out(hard, level) - (level < -24 ? level : -24 + (level + 24) / 4)) < 0.5);
  }
  const std::vector<Setting> soft{{p::threshold_db, -24}, {p::ratio, 4}, {p::knee_db, 12}};
  CHECK(std::fabs(level_out(soft, -24) - (-24 - 0.75 * 36 / 24)) < 0.5);         // in the middle of the knee
  CHECK(std::fabs(level_out(soft, -31) + 31) < 0.1);
  CHECK(std::fabs(level_out(hard, -8, 100) - level_out(hard, -8, 4000)) < 0.5);   // for low notes as for high ones
}

TEST_CASE("it takes hold and lets go in the times of the knobs") {
  Squeezer compressor({{p::threshold_db, -20}, {p::ratio, 4}, {p::knee_db, 0}, {p::attack_s, 0.02f}, {p::release_s, 0.2f}});
  compressor.input = steps(-40, 0, 4800);
  const Stereo up = compressor.render(48000);
  CHECK(gain_at(compressor, up, 4790) == doctest::Approx(0));
  CHECK(gain_at(compressor, up, 47990) == doctest::Approx(-15).epsilon(0.01));
  CHECK(gain_at(compressor, up, 4800 + 960) == doctest::Approx(-15 * (1 - std::exp(-1))).epsilon(0.02));

  Squeezer release({{p::threshold_db, -20}, {p::ratio, 4}, {p::knee_db, 0}, {p::attack_s, 0.001f}, {p::release_s, 0.2f}});
  release.input = steps(0, -40, 24000);
  const Stereo down = release.render(96000);
  CHECK(gain_at(release, down, 24000 + 9600) == doctest::Approx(-15 * std::exp(-1)).epsilon(0.03));
  CHECK(gain_at(release, down, 95000) > -0.1);
}

TEST_CASE("both sides are turned down alike: the picture does not lean") {
  Squeezer compressor({{p::threshold_db, -30}, {p::ratio, 8}});
  compressor.input = [](int frame, int side) { return float((side ? 0.05 : 0.5) * std::sin(0.1 * frame)); };
  compressor.render(24000);
  const Stereo sound = compressor.render(9600);
  CHECK(db(rms(sound.left) / rms(sound.right)) == doctest::Approx(20).epsilon(0.001));
}

TEST_CASE("another track turns it down, and only while it plays") {
  Squeezer compressor({{p::threshold_db, -20}, {p::ratio, 10}, {p::knee_db, 0}, {p::release_s, 0.05f}});
  alignas(16) float key[kMaxBlock], left[kMaxBlock], right[kMaxBlock];
  const auto level = [&](bool keyed) {
    float last = 0;
    for (int block = 0; block < 750; ++block) {
      for (int i = 0; i < kMaxBlock; ++i) {
        key[i] = i % 2 ? 0.9f : -0.9f;
        left[i] = right[i] = 0.05f;
      }
      if (keyed) compressor.device->sidechain({key, key, kMaxBlock});
      compressor.device->render({left, right, kMaxBlock});
      last = left[kMaxBlock - 1];
    }
    return db(double(last) / 0.05);
  };
  CHECK(std::fabs(level(false)) < 0.01);
  CHECK(level(true) < -15);
  CHECK(std::fabs(level(false)) < 0.01);
}

TEST_CASE("a kick drum does not pump when it is deaf to the bass") {
  const std::vector<Setting> deaf{{p::threshold_db, -30}, {p::ratio, 10}, {p::listen_hz, 300}};
  CHECK(std::fabs(level_out(deaf, -10, 50) + 10) < 0.5);
  CHECK(level_out(deaf, -10, 3000) < -24);
}

TEST_CASE("no blend is the sound as it came, and the meter says how far it was turned down") {
  CHECK(std::fabs(level_out({{p::threshold_db, -40}, {p::ratio, 20}, {p::mix, 0}}, -6) + 6) < 0.01);
  Squeezer compressor({{p::threshold_db, -20}, {p::ratio, 4}, {p::knee_db, 0}});
  compressor.input = steps(0, 0, 0);
  compressor.render(48000);
  CHECK(static_cast<Compressor*>(compressor.device)->gain_reduction_db() == doctest::Approx(-15).epsilon(0.01));
}
