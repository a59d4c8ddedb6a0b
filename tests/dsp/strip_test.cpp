// The mixer strip: nothing when muted, nothing lost when open.
#include <doctest/doctest.h>

#include "devices/strip.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::strip;

float tone(int frame, int side) { return 0.5f * float(std::sin(0.03 * frame + side)); }

struct TonePlayer : Player {
  TonePlayer() : Player(DeviceKind::strip) { input = tone; }
};

double gain_db(float left_or_right, uint16_t index, float value) {
  TonePlayer strip;
  strip.preset(index, value);
  const Stereo sound = strip.render(9600);
  std::vector<float> in(9600);
  for (int i = 0; i < 9600; ++i) in[size_t(i)] = tone(i, left_or_right < 0 ? 0 : 1);
  return db(rms(left_or_right < 0 ? sound.left : sound.right) / rms(in));
}

}  // namespace

TEST_CASE("an untouched strip changes nothing") {
  TonePlayer strip;
  const Stereo sound = strip.render(3200);
  double most = 0;
  for (int i = 0; i < 3200; ++i) {
    most = std::max(most, std::fabs(double(sound.left[size_t(i)]) - tone(i, 0)));
    most = std::max(most, std::fabs(double(sound.right[size_t(i)]) - tone(i, 1)));
  }
  CHECK(most == 0);
}

TEST_CASE("volume is in decibels, and the bottom is silence") {
  CHECK(gain_db(-1, p::gain_db, -6) == doctest::Approx(-6).epsilon(0.002));
  CHECK(gain_db(1, p::gain_db, 12) == doctest::Approx(12).epsilon(0.002));
  TonePlayer strip;
  strip.preset(p::gain_db, -60);
  CHECK(peak(strip.render(960).left) == 0);
}

TEST_CASE("pan keeps the power: 0 dB in the centre, 3 dB at the side, silence opposite") {
  CHECK(gain_db(-1, p::pan, -1) == doctest::Approx(3.01).epsilon(0.002));
  CHECK(gain_db(1, p::pan, -1) < -100);
  const double left = gain_db(-1, p::pan, 0.5f), right = gain_db(1, p::pan, 0.5f);
  CHECK(std::pow(10, left / 10) + std::pow(10, right / 10) == doctest::Approx(2).epsilon(0.002));
  CHECK(right > left);
}

TEST_CASE("mute is exactly nothing within its time, without a click, and comes back") {
  TonePlayer strip;
  const double clean = sharpest(strip.render(4800).left);
  strip.set(p::mute, 1);
  const Stereo going = strip.render(4800);
  CHECK(sharpest(going.left) < clean + 0.003);
  CHECK(peak({going.left.data() + 480, 4320}) == 0);
  CHECK(peak({going.right.data() + 480, 4320}) == 0);
  strip.set(p::mute, 0);
  const Stereo coming = strip.render(4800);
  CHECK(sharpest(coming.left) < clean + 0.003);
  CHECK(peak({coming.left.data() + 960, 3840}) > 0.49);
}

TEST_CASE("the send adds what the strip puts out, as loud as its knob says") {
  TonePlayer player;
  player.preset(p::reverb_db, -12);
  auto* strip = static_cast<Strip*>(player.device);
  alignas(16) float left[kMaxBlock], right[kMaxBlock], to_left[kMaxBlock], to_right[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) {
    left[i] = 0.5f;
    right[i] = -0.25f;
    to_left[i] = to_right[i] = 1;
  }
  strip->send(0, {left, right, kMaxBlock}, {to_left, to_right, kMaxBlock});
  const double gain = std::pow(10, -12 / 20.0);
  for (const int i : {0, 13, 31}) {
    CHECK(to_left[i] == doctest::Approx(1 + 0.5 * gain));
    CHECK(to_right[i] == doctest::Approx(1 - 0.25 * gain));
  }
  player.preset(p::reverb_db, -60);
  const float before = to_left[5];
  strip->send(0, {left, right, kMaxBlock}, {to_left, to_right, kMaxBlock});
  CHECK(to_left[5] == before);
}
