// The drive: overtones as each curve should make them, no aliases to speak of, no offset, and exactly as late as it says.
#include <doctest/doctest.h>

#include "devices/drive.h"
#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::drive;

struct Setting { uint16_t index; float plain; };

Player driven(std::vector<Setting> settings) {
  Player player(DeviceKind::drive);
  for (const Setting& s : settings) player.set(s.index, s.plain);
  player.device->reset();
  return player;
}

// The tone's overtones against the tone, in decibels.
double overtone_db(Player& player, int number) {
  const Stereo sound = tone_through(player, 500, 0.5, 9600);
  return db(partial(sound.left, 500 * number) / partial(sound.left, 500));
}

}  // namespace

TEST_CASE("what goes in comes out as late as it says, and not a frame more") {
  Player quiet = driven({{p::drive_db, 0}});
  quiet.input = [](int frame, int) { return frame == 100 ? 0.001f : 0.0f; };
  const Stereo sound = quiet.render(400);
  size_t top = 0;
  for (size_t i = 0; i < sound.size(); ++i)
    if (sound.left[i] > sound.left[top]) top = i;
  CHECK(int(top) - 100 == quiet.device->latency_frames());
  // Dry and wet are together: half of each is no comb.
  Player half = driven({{p::drive_db, 0}, {p::mix, 0.5f}});
  half.input = quiet.input;
  const Stereo both = half.render(2000);
  for (const double hz : {200.0, 2000.0, 8000.0, 16000.0}) CHECK(std::fabs(response_db(both.left, hz) - db(0.001)) < 0.2);
}

TEST_CASE("aliases that can be heard stay below -80 dB: to 5 kHz at 24 dB of drive, fuzz at 18") {
  for (int shape = 0; shape < 5; ++shape) {
    const float drive_db = shape == 4 ? 18 : 24;
    for (const double hz : {613.0, 1997.0, 3511.0, 4999.0}) {
      Player player = driven({{p::shape, float(shape)}, {p::drive_db, drive_db}});
      const double floor_db = alias_floor_db(tone_through(player, hz, 0.5, 1 << 15).left, 15, hz, 20000);
      CAPTURE(shape);
      CAPTURE(hz);
      CHECK(floor_db < -80);
    }
  }
}

TEST_CASE("warm and tape make odd overtones only, tube and fuzz even ones too") {
  for (const float shape : {0.0f, 2.0f, 3.0f}) {
    Player player = driven({{p::shape, shape}});
    CHECK(overtone_db(player, 2) < -90);
    CHECK(overtone_db(player, 3) > -30);
  }
  for (const float shape : {1.0f, 4.0f}) {
    Player player = driven({{p::shape, shape}});
    CHECK(overtone_db(player, 2) > -30);
    CHECK(std::fabs(mean(tone_through(player, 500, 0.5, 9600).left)) < 1e-3);
  }
  // tanh(2 sin): the third harmonic from its Fourier integral.
  double first = 0, third = 0;
  for (int i = 0; i < 4096; ++i) {
    const double t = kTau * i / 4096, y = std::tanh(0.5 * std::pow(10, 12 / 20.0) * std::sin(t));
    first += y * std::sin(t);
    third += y * std::sin(3 * t);
  }
  Player warm = driven({});
  CHECK(overtone_db(warm, 3) == doctest::Approx(db(third / first)).epsilon(0.005));
}

TEST_CASE("more drive is more overtones, not more loudness") {
  Player little = driven({{p::drive_db, 3}}), much = driven({{p::drive_db, 24}});
  const Stereo soft = tone_through(little, 300, 0.25, 9600), hard = tone_through(much, 300, 0.25, 9600);
  CHECK(std::fabs(db(rms(hard.left) / rms(soft.left))) < 6);
}

TEST_CASE("the speaker takes away bass rumble and fizz") {
  Player player = driven({{p::drive_db, 0}, {p::cabinet, 1}});
  player.input = [](int frame, int) { return frame == 0 ? 0.001f : 0.0f; };
  const Stereo sound = player.render(1 << 14);
  const auto at = [&](double hz) { return response_db(sound.left, hz) - db(0.001); };
  CHECK(at(30) < -12);
  CHECK(at(10000) < -24);
  CHECK(std::fabs(at(1000)) < 3);
  CHECK(at(2600) - at(420) > 6);
}

TEST_CASE("tightness takes the bass out before the curve") {
  Player player = driven({{p::drive_db, 0}, {p::tight_hz, 300}});
  player.input = [](int frame, int) { return frame == 0 ? 0.001f : 0.0f; };
  const Stereo sound = player.render(1 << 14);
  CHECK(response_db(sound.left, 75) - db(0.001) == doctest::Approx(-24).epsilon(0.05));
  CHECK(std::fabs(response_db(sound.left, 3000) - db(0.001)) < 0.3);
}
