// Strings: in tune at every pitch, ringing as strings do, plucked where the knob says, and bowed without noise of the
// machine's own.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::string;

double hz_of(int key) { return 440 * std::exp2((key - 69) / 12.0); }

std::vector<float> played(Player& player, int key, float seconds, float velocity = 0.8f, float let_go_s = -1) {
  player.note(0, uint8_t(key), velocity, let_go_s < 0 ? -1 : int(let_go_s * 48000));
  return player.seconds(seconds).left;
}

// Level in dB of the partial at `hz`, over a tenth of a second from `from_s` on.
double partial(const std::vector<float>& sound, double hz, float from_s) {
  const size_t first = size_t(from_s * 48000), frames = 4800;
  std::complex<double> sum = 0;
  for (size_t i = 0; i < frames; ++i)
    sum += (0.5 - 0.5 * std::cos(kTau * double(i) / frames)) * double(sound[first + i]) * std::polar(1.0, -kTau * hz * double(i) / 48000);
  return db(4 * std::abs(sum) / frames);
}

// Seconds to fall by 60 dB, from how far the partial falls between two moments.
double ring_of(const std::vector<float>& sound, double hz, float from_s, float to_s) {
  return -60 * double(to_s - from_s) / (partial(sound, hz, to_s) - partial(sound, hz, from_s));
}

}  // namespace

TEST_CASE("a plucked string is in tune over the whole keyboard, bright, dark or stiff") {
  for (const auto& knobs : {std::pair{0.5f, 0.1f}, {1.0f, 0.0f}, {0.1f, 0.0f}, {0.5f, 0.6f}})
    for (int key = 21; key <= 108; key += 3) {
      Player player(DeviceKind::string);
      player.set(p::brightness, knobs.first);
      player.preset(p::stiffness, knobs.second);
      player.preset(p::ring_s, 20);
      const std::vector<float> sound = played(player, key, 0.6f);
      CAPTURE(key);
      CAPTURE(knobs.first);
      CAPTURE(knobs.second);
      CHECK(std::fabs(cents(frequency({sound.data() + 4000, sound.size() - 4000}, hz_of(key), 48000), hz_of(key))) < 1);
    }
}

TEST_CASE("a bowed string is in tune over the whole keyboard") {
  for (int key = 28; key <= 108; key += 4) {
    Player player(DeviceKind::string);
    player.set(p::vibrato, 0);
    player.preset(p::play, 1);
    const std::vector<float> sound = played(player, key, 1);
    CAPTURE(key);
    CHECK(std::fabs(cents(frequency({sound.data() + 24000, 24000}, hz_of(key), 48000), hz_of(key))) < 1);
  }
}

TEST_CASE("low strings ring longer than high ones and high partials die before low ones") {
  double last = 100;
  for (const int key : {40, 52, 64, 76}) {
    Player player(DeviceKind::string);
    const std::vector<float> sound = played(player, key, 1);
    const double first = ring_of(sound, hz_of(key), 0.1f, 0.4f), tenth = ring_of(sound, 10 * hz_of(key), 0.1f, 0.4f);
    CAPTURE(key);
    CHECK(first < last);
    CHECK(first > 1);
    CHECK(tenth < 0.7 * first);
    last = first;
  }
}

TEST_CASE("in the middle of the string every other partial is missing") {
  Player player(DeviceKind::string);
  player.set(p::body, 0);
  player.preset(p::position, 0.5f);
  const std::vector<float> sound = played(player, 45, 0.5f);
  CHECK(partial(sound, 2 * hz_of(45), 0.1f) < partial(sound, hz_of(45), 0.1f) - 18);
  CHECK(partial(sound, 3 * hz_of(45), 0.1f) > partial(sound, 2 * hz_of(45), 0.1f) + 10);
}

TEST_CASE("a stiff string's upper partials lie above the harmonic ones") {
  Player player(DeviceKind::string);
  player.set(p::brightness, 0.9f);
  player.preset(p::stiffness, 0.5f);
  player.note(0, 45);
  player.seconds(0.1f);
  const std::vector<double> amplitudes = spectrum(player.render(1 << 15).left, 15);
  const double bin = 24000.0 / double(amplitudes.size());
  double before = 0;
  for (const int number : {6, 10, 14, 18}) {
    const size_t from = size_t(number * hz_of(45) / bin), to = size_t((number + 0.5) * hz_of(45) / bin);
    const auto highest = std::max_element(amplitudes.begin() + long(from), amplitudes.begin() + long(to));
    const double stretch = double(highest - amplitudes.begin()) * bin / (number * hz_of(45));
    CAPTURE(number);
    CHECK(stretch > before);
    before = stretch;
  }
  CHECK(before > 1.002);
  CHECK(before < 1.03);
}

TEST_CASE("a harder pluck is louder and brighter") {
  Player soft(DeviceKind::string), hard(DeviceKind::string);
  const std::vector<float> quiet = played(soft, 52, 0.4f, 0.3f), loud = played(hard, 52, 0.4f, 1);
  CHECK(partial(loud, hz_of(52), 0.05f) > partial(quiet, hz_of(52), 0.05f) + 8);
  const double quiet_slope = partial(quiet, 12 * hz_of(52), 0.05f) - partial(quiet, hz_of(52), 0.05f);
  CHECK(partial(loud, 12 * hz_of(52), 0.05f) - partial(loud, hz_of(52), 0.05f) > quiet_slope + 5);
}

TEST_CASE("a string let go is silent after the knob's time, a muted one at once") {
  Player player(DeviceKind::string);
  player.preset(p::release_s, 0.3f);
  const std::vector<float> sound = played(player, 52, 1.4f, 0.8f, 0.5f);
  const double before = db(rms({sound.data() + 21600, 2400}));
  CHECK(db(rms({sound.data() + size_t(0.8f * 48000), 2400})) < before - 50);
  CHECK(db(rms({sound.data() + size_t(0.55f * 48000), 2400})) > before - 30);

  Player muted(DeviceKind::string);
  muted.preset(p::mute, 0.8f);
  CHECK(ring_of(played(muted, 45, 0.6f), hz_of(45), 0.05f, 0.2f) < 1.5);
}

TEST_CASE("the bow leaves nothing between the partials") {
  for (const int key : {69, 88, 111}) {              // up to 5 kHz
    Player player(DeviceKind::string);
    player.set(p::vibrato, 0);
    player.set(p::pressure, 0);
    player.set(p::brightness, 1);
    player.preset(p::play, 1);
    player.note(0, uint8_t(key), 1);
    player.seconds(1);
    const std::vector<double> amplitudes = spectrum(player.render(1 << 15).left, 15);
    const double hz = hz_of(key), first = loudest(amplitudes, hz - 30, hz + 30, 48000);
    double between = 0;
    for (int number = 1; (number + 0.6) * hz < 20000; ++number)
      between = std::max(between, loudest(amplitudes, (number + 0.4) * hz, (number + 0.6) * hz, 48000));
    CAPTURE(key);
    CHECK(db(between / first) < -80);
  }
}

TEST_CASE("no knob clicks when it jumps while a string sounds") {
  for (const float play : {0.0f, 1.0f})
    for (const ParamInfo& param : params_of(DeviceKind::string)) {
      if (param.index == p::play || param.index == p::level_db) continue;
      Player player(DeviceKind::string);
      player.preset(p::play, play);
      player.note(0, 45);
      player.seconds(0.5f);
      double before = sharpest(player.render(4800).left);
      for (const float value : {param.max, param.min}) {
        player.set(param.index, value);
        const double change = sharpest(player.render(4800).left), after = sharpest(player.render(4800).left);
        CAPTURE(param.symbol);
        CAPTURE(play);
        CHECK(change < 1.5 * std::max(before, after) + 0.01);      // the new sound may be sharper, the way there not
        before = after;
      }
    }
}

TEST_CASE("tied solo playing is one voice that slides") {
  Player player(DeviceKind::string);
  player.set(p::play, 1);
  player.set(p::vibrato, 0);
  player.set(p::glide_s, 0.1f);
  player.preset(p::solo, 2);
  player.note(0, 60, 0.8f, 80000);
  player.note(30000, 67, 0.8f, 60000);
  const Stereo sound = player.render(78000);
  CHECK(player.device->voices() == 1);
  CHECK(std::fabs(cents(frequency({sound.left.data() + 40000, 19000}, hz_of(67), 48000), hz_of(67))) < 1);
  CHECK(std::fabs(cents(frequency({sound.left.data() + 66000, 12000 + 6000}, hz_of(60), 48000), hz_of(60))) < 30);
  CHECK(sharpest({sound.left.data() + 29000, 4000}) < 2 * sharpest({sound.left.data() + 20000, 4000}) + 0.001);
}
