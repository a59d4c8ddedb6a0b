// The kit: every General MIDI key sounds, at its time, like the thing it is called.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

std::vector<float> struck(int key, float velocity = 1, float time_s = 1, int frame = 0) {
  Player kit(DeviceKind::drum_kit);
  kit.note(frame, uint8_t(key), velocity);
  const Stereo sound = kit.seconds(time_s);
  std::vector<float> both(sound.size());
  for (size_t i = 0; i < both.size(); ++i) both[i] = 0.5f * (sound.left[i] + sound.right[i]);
  return both;
}

// Share of the energy in a band.
double share(int key, double from_hz, double to_hz) {
  const auto s = spectrum([&] {
    std::vector<float> x(1 << 14), y = struck(key);
    std::copy(y.begin(), y.begin() + (1 << 13), x.begin() + (1 << 13) - 512);   // where the window is open
    return x;
  }(), 14);
  return energy(s, from_hz, to_hz, 48000) / energy(s, 0, 24000, 48000);
}

double length_s(int key) {
  const std::vector<float> x = struck(key, 1, 6);
  size_t last = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if (std::fabs(x[i]) > 0.0005) last = i;
  return double(last) / 48000;
}

}  // namespace

TEST_CASE("every General MIDI key sounds, at a level that fits the kit, and ends") {
  for (int key = 35; key <= 81; ++key) {
    CAPTURE(key);
    Player kit(DeviceKind::drum_kit);
    kit.note(0, uint8_t(key));
    const Stereo sound = kit.seconds(6);
    const double loud = std::max(peak(sound.left), peak(sound.right));
    CHECK(loud > 0.05);
    CHECK(loud < 0.5);
    CHECK(kit.activity == Activity::kAsleep);
  }
}

TEST_CASE("keys outside the kit still answer") {
  CHECK(peak(struck(12)) > 0.05);
  CHECK(peak(struck(127)) > 0.05);
}

TEST_CASE("a stroke falls on its frame") {
  for (const int key : {36, 38, 42, 56, 75})
    for (const int frame : {0, 7, 31, 500}) {
      const std::vector<float> x = struck(key, 1, 0.1f, frame);
      CHECK(peak({x.data(), size_t(frame)}) == 0);
      CHECK(peak({x.data() + frame, 48}) > 0.01);
      const std::vector<float> first = struck(key, 1, 0.05f, 0);
      CHECK(difference({x.data() + frame, 2000}, {first.data(), 2000}) < 1e-6);     // and sounds the same there
    }
}

TEST_CASE("the kick is low and falls, the hats are high, the snare is both") {
  for (const int key : {35, 36}) CHECK(share(key, 0, 200) > 0.7);
  for (const int key : {42, 44, 46}) CHECK(share(key, 5000, 24000) > 0.7);
  CHECK(share(38, 100, 500) > 0.2);
  CHECK(share(38, 1500, 12000) > 0.2);
  CHECK(share(49, 3000, 24000) > 0.6);

  const std::vector<float> kick = struck(36, 1, 0.5f);
  const auto crossings = [&](size_t from, size_t count) {
    int n = 0;
    for (size_t i = from + 1; i < from + count; ++i) n += (kick[i - 1] < 0) != (kick[i] < 0);
    return n;
  };
  CHECK(crossings(100, 1440) > 1.5 * crossings(7200, 1440));          // the pitch falls
  CHECK(crossings(4800, 9600) == doctest::Approx(2 * 52 * 0.2).epsilon(0.15));   // to about 52 Hz
}

TEST_CASE("toms rise from the floor up, congas and bongos from low to high") {
  const auto pitch = [](int key) {
    const std::vector<float> x = struck(key);
    const auto s = spectrum({x.data() + 2400, 1 << 14}, 14);
    return double(std::max_element(s.begin() + 14, s.begin() + 400) - s.begin());
  };
  const int toms[] = {41, 43, 45, 47, 48, 50};
  for (int i = 1; i < 6; ++i) CHECK(pitch(toms[i]) > pitch(toms[i - 1]));
  CHECK(pitch(63) > pitch(64));
  CHECK(pitch(60) > pitch(61));
  CHECK(pitch(67) > pitch(68));
}

TEST_CASE("lengths: closed before open, splash before crash, muted before ringing") {
  CHECK(length_s(42) < 0.2);
  CHECK(length_s(46) > 3 * length_s(42));
  CHECK(length_s(49) > 1.5);
  CHECK(length_s(55) < 0.6 * length_s(49));
  CHECK(length_s(81) > 4 * length_s(80));
  CHECK(length_s(74) > 2 * length_s(73));
}

TEST_CASE("a closed hat silences an open one at once, a snare does not") {
  const auto after = [](uint8_t second) {
    Player kit(DeviceKind::drum_kit);
    kit.note(0, 46);
    if (second) kit.note(9600, second, 0.01f);
    const Stereo sound = kit.render(24000);
    return rms({sound.right.data() + 9600 + 480, 4800});
  };
  CHECK(after(42) < 0.02 * after(0));
  CHECK(after(38) > 0.9 * after(0));
}

TEST_CASE("a softer stroke is softer, and note offs and pedals change nothing") {
  CHECK(db(rms(struck(38, 0.5f)) / rms(struck(38, 1))) == doctest::Approx(-12).epsilon(0.25));
  Player plain(DeviceKind::drum_kit), offs(DeviceKind::drum_kit);
  plain.note(0, 49);
  offs.note(0, 49, 1, 200);
  offs.controller(10, 64, 1);
  CHECK(difference(plain.render(20000).left, offs.render(20000).left) == 0);
}

TEST_CASE("tune, length and punch do what they say") {
  namespace p = param::drum_kit;
  const auto kick = [](uint16_t index, float value) {
    Player kit(DeviceKind::drum_kit);
    kit.set(index, value);
    kit.note(0, 36);
    return kit.seconds(1.5f).left;
  };
  const auto decay = [](const std::vector<float>& x) { return rms({x.data() + 14400, 9600}) / rms({x.data(), 4800}); };
  CHECK(decay(kick(p::decay, 3)) > 3 * decay(kick(p::decay, 1)));
  const auto attack = [](const std::vector<float>& x) {
    const auto s = spectrum({x.data(), 1 << 12}, 12);
    return energy(s, 500, 8000, 48000) / energy(s, 0, 24000, 48000);
  };
  CHECK(attack(kick(p::punch, 1)) > 2 * attack(kick(p::punch, 0)));
  const std::vector<float> low = kick(p::tune, -12), high = kick(p::tune, 12);
  const auto body_hz = [](const std::vector<float>& x) {
    const auto s = spectrum({x.data(), 1 << 15}, 15);                      // heard a third of a second in
    return double(std::max_element(s.begin() + 5, s.begin() + 400) - s.begin());
  };
  CHECK(body_hz(high) == doctest::Approx(4 * body_hz(low)).epsilon(0.1));
}

TEST_CASE("strokes of one drum differ a little, renders of one song do not") {
  Player one(DeviceKind::drum_kit), two(DeviceKind::drum_kit);
  for (Player* kit : {&one, &two}) {
    kit->note(0, 38);
    kit->note(48000, 38);
  }
  const std::vector<float> first = one.seconds(2).left, again = two.seconds(2).left;
  CHECK(difference(first, again) == 0);
  CHECK(difference({first.data(), 2000}, {first.data() + 48000, 2000}) > 0.005);
}

TEST_CASE("a roll of a hundred strokes steals without clicks of its own") {
  Player kit(DeviceKind::drum_kit);
  for (int i = 0; i < 200; ++i) kit.note(i * 40, uint8_t(35 + i % 47), 0.7f);
  const Stereo sound = kit.render(24000);
  CHECK(all_finite(sound.left));
  CHECK(kit.device->voices() <= 32);
}
