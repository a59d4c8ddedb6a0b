// Chorus, flanger and phaser: their notches where they should be, moving as fast as they say, in tune on average.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

struct Setting { uint16_t index; float plain; };

Player set_up(DeviceKind kind, std::vector<Setting> settings) {
  Player player(kind);
  for (const Setting& s : settings) player.set(s.index, s.plain);
  player.device->reset();
  return player;
}

std::vector<float> still(DeviceKind kind, std::vector<Setting> settings) {
  Player player = set_up(kind, std::move(settings));
  return impulse_response(player, 1 << 14).left;
}

int notches(const std::vector<float>& impulse, double below_db) {
  int count = 0;
  bool inside = false;
  for (double hz = 20; hz < 20000; hz *= 1.002) {
    const bool low = response_db({impulse.data(), 4096}, hz) < below_db;
    count += low && !inside;
    inside = low;
  }
  return count;
}

}  // namespace

TEST_CASE("the phaser has as many notches as it says, and with feedback it rings between them") {
  namespace p = param::phaser;
  const int expected[] = {1, 2, 3, 4, 6};
  for (int choice = 0; choice < 5; ++choice)
    CHECK(notches(still(DeviceKind::phaser, {{p::stages, float(choice)}, {p::depth, 0}, {p::feedback, 0}}), -20) == expected[choice]);
  const auto plain = still(DeviceKind::phaser, {{p::depth, 0}, {p::feedback, 0}}), edgy = still(DeviceKind::phaser, {{p::depth, 0}, {p::feedback, 0.9f}});
  double plain_top = -100, edgy_top = -100;
  for (double hz = 50; hz < 8000; hz *= 1.01) {
    plain_top = std::max(plain_top, response_db(plain, hz));
    edgy_top = std::max(edgy_top, response_db(edgy, hz));
  }
  CHECK(plain_top < 0.01);
  CHECK(edgy_top > 10);
  CHECK(edgy_top < 16);
}

TEST_CASE("the flanger is a comb: at half a turn of its delay nothing, at a whole one everything") {
  namespace p = param::flanger;
  const auto comb = still(DeviceKind::flanger, {{p::depth, 0}, {p::feedback, 0}, {p::delay_s, 0.001f}});
  for (const double hz : {500.0, 1500.0, 2500.0}) CHECK(response_db(comb, hz) < -30);
  for (const double hz : {1000.0, 2000.0, 3000.0}) CHECK(std::fabs(response_db(comb, hz)) < 0.2);
}

TEST_CASE("flanger and phaser turn once in so many beats") {
  const struct { DeviceKind kind; uint16_t sync, note; } devices[] = {
      {DeviceKind::phaser, param::phaser::sync, param::phaser::note}, {DeviceKind::flanger, param::flanger::sync, param::flanger::note}};
  for (const auto& device : devices) {
    Player player = set_up(device.kind, {{device.sync, 1}, {device.note, 11}});      // two beats
    player.device->tempo(120);
    player.device->reset();
    player.input = [](int frame, int) { return 0.3f * float(std::sin(kTau * 1000 * frame / 48000)); };
    player.seconds(1);
    const Stereo sound = player.seconds(3);
    for (size_t at = 0; at + 48000 + 480 < sound.size(); at += 4800) {
      const double now = rms({sound.left.data() + at, 480}), later = rms({sound.left.data() + at + 48000, 480});
      CHECK(std::fabs(now - later) < 0.01);
    }
  }
}

TEST_CASE("the chorus makes one voice many: wide, as loud, never far out of tune") {
  namespace p = param::chorus;
  Player chorus = set_up(DeviceKind::chorus, {{p::mix, 1}, {p::depth, 1}});
  const Stereo sound = tone_through(chorus, 1000, 0.5, 480000);
  const std::vector<double> spectrum_of = spectrum(sound.left, 18);
  const double cent = 1000 * std::log(2) / 1200;
  CHECK(energy(spectrum_of, 1000 - 40 * cent, 1000 + 40 * cent, 48000) > 0.999 * energy(spectrum_of, 0, 24000, 48000));
  CHECK(loudest(spectrum_of, 1000 - 40 * cent, 1000 - 10 * cent, 48000) > 0.005);      // and really out of tune
  CHECK(std::fabs(db(rms(sound.left) / (0.5 / std::sqrt(2)))) < 2);
  double product = 0;
  for (size_t i = 0; i < sound.size(); ++i) product += double(sound.left[i]) * sound.right[i];
  CHECK(product / double(sound.size()) / rms(sound.left) / rms(sound.right) < 0.8);
}

TEST_CASE("without width the sides are one, without blend the sound is as it came") {
  const struct { DeviceKind kind; uint16_t width, mix; } devices[] = {
      {DeviceKind::chorus, param::chorus::width, param::chorus::mix},
      {DeviceKind::flanger, param::flanger::width, param::flanger::mix},
      {DeviceKind::phaser, param::phaser::width, param::phaser::mix}};
  for (const auto& device : devices) {
    Player narrow = set_up(device.kind, {{device.width, 0}}), dry = set_up(device.kind, {{device.mix, 0}});
    const Stereo one = tone_through(narrow, 700, 0.5, 24000);
    CHECK(difference(one.left, one.right) < 1e-6);
    const Stereo same = impulse_response(dry, 4800);
    CHECK(same.left[0] == 1);
    CHECK(peak({same.left.data() + 1, 4799}) == 0);
  }
}
