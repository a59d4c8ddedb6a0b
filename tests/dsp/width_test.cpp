// The width: sides wider or gone, bass in the middle, mono spread out; what one loudspeaker plays never changes.
#include <doctest/doctest.h>

#include "base/random.h"
#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::width;

struct Setting { uint16_t index; float plain; };

Player widened(std::vector<Setting> settings) {
  Player width(DeviceKind::width);
  for (const Setting& s : settings) width.set(s.index, s.plain);
  width.device->reset();
  return width;
}

double correlation(const Stereo& s) {
  double product = 0;
  for (size_t i = 0; i < s.size(); ++i) product += double(s.left[i]) * s.right[i];
  return product / double(s.size()) / rms(s.left) / rms(s.right);
}

std::function<float(int, int)> noise(bool mono) {
  Random random(5);
  std::vector<float> samples(200000);
  for (float& v : samples) v = 0.3f * random.bipolar();
  return [=](int frame, int side) { return samples[size_t(frame) % 96000 + (mono ? 0 : 96000) * size_t(side)]; };
}

}  // namespace

TEST_CASE("untouched it changes nothing") {
  Player width = widened({});
  const Stereo heard = impulse_response(width, 4096, true, false);
  CHECK(heard.left[0] == 1);
  CHECK(peak({heard.left.data() + 1, 4095}) == 0);
  CHECK(peak(heard.right) == 0);
}

TEST_CASE("no width is mono, double width doubles the sides") {
  Player none = widened({{p::width, 0}});
  none.input = noise(false);
  const Stereo mono = none.render(4800);
  CHECK(difference(mono.left, mono.right) == 0);
  Player twice = widened({{p::width, 2}});
  twice.input = [](int frame, int side) { return (side ? -0.1f : 0.1f) * float(std::sin(0.05 * frame)); };
  CHECK(rms(twice.render(48000).left) == doctest::Approx(0.2 / std::sqrt(2)).epsilon(0.01));
}

TEST_CASE("whatever the width, a single loudspeaker plays the same") {
  Player width = widened({{p::width, 1.7f}, {p::spread, 0.8f}, {p::bass_mono_hz, 200}});
  width.input = noise(false);
  const Stereo sound = width.render(9600);
  double most = 0;
  for (int i = 0; i < 9600; ++i)
    most = std::max(most, std::fabs(double(sound.left[size_t(i)]) + sound.right[size_t(i)] - width.input(i, 0) - width.input(i, 1)));
  CHECK(most < 1e-5);
}

TEST_CASE("bass comes to the middle, what is above stays") {
  Player width = widened({{p::bass_mono_hz, 150}});
  const Stereo heard = impulse_response(width, 16384, true, false);
  std::vector<float> side(heard.size());
  for (size_t i = 0; i < side.size(); ++i) side[i] = heard.left[i] - heard.right[i];
  CHECK(response_db(side, 40) < -20);
  CHECK(response_db(side, 150) == doctest::Approx(-3).epsilon(0.1));
  CHECK(std::fabs(response_db(side, 1500)) < 0.2);
}

TEST_CASE("a mono sound is spread out, both sides equally loud") {
  Player width = widened({{p::spread, 1}});
  width.input = noise(true);
  const Stereo sound = width.render(96000);
  CHECK(correlation(sound) < 0.4);
  CHECK(std::fabs(db(rms(sound.left) / rms(sound.right))) < 1);
  CHECK(std::fabs(db(rms(sound.left) / (0.3 / std::sqrt(3)))) < 3);
}
