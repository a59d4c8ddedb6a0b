// The tremolo: as fast as the knob or the beat says, as deep as asked, and from side to side without losing power.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::tremolo;

struct Trembling : Player {
  Trembling() : Player(DeviceKind::tremolo) {
    input = [](int, int) { return 0.5f; };
  }
};

// Turns a second: the number of times the level rises through its middle.
double turns(const std::vector<float>& x, double seconds) {
  int rises = 0;
  const double middle = mean(x);
  for (size_t i = 1; i < x.size(); ++i) rises += double(x[i - 1]) < middle && double(x[i]) >= middle;
  return rises / seconds;
}

}  // namespace

TEST_CASE("it turns as often as the knob says, or with the beat") {
  Trembling free;
  free.preset(p::rate_hz, 7);
  CHECK(turns(free.seconds(8).left, 8) == doctest::Approx(7).epsilon(0.02));
  Trembling synced;
  synced.set(p::sync, 1);
  synced.set(p::note, 5);                                  // eighths at 150: five a second
  synced.device->tempo(150);
  synced.device->reset();
  CHECK(turns(synced.seconds(8).left, 8) == doctest::Approx(5).epsilon(0.03));
}

TEST_CASE("full depth reaches silence and full level, half depth does not") {
  Trembling deep, half;
  deep.preset(p::depth, 1);
  half.preset(p::depth, 0.5f);
  const Stereo all = deep.seconds(1), some = half.seconds(1);
  const auto least = [](const std::vector<float>& x) { return *std::min_element(x.begin(), x.end()); };
  CHECK(least(all.left) < 0.005);
  CHECK(peak(all.left) == doctest::Approx(0.5).epsilon(0.01));
  CHECK(least(some.left) == doctest::Approx(0.5 * std::sin(kTau / 8)).epsilon(0.01));
}

TEST_CASE("from side to side the power stays") {
  Trembling pan;
  pan.set(p::depth, 1);
  pan.set(p::sides, 1);
  pan.device->reset();
  const Stereo sound = pan.seconds(1);
  for (size_t i = 0; i < sound.size(); i += 100)
    CHECK(double(sound.left[i]) * sound.left[i] + double(sound.right[i]) * sound.right[i] == doctest::Approx(0.25).epsilon(0.02));
  CHECK(peak(sound.left) > 0.49);
  CHECK(peak(sound.right) > 0.49);
}

TEST_CASE("the hardest edge is no click") {
  Trembling hard;
  hard.set(p::depth, 1);
  hard.set(p::hardness, 1);
  hard.set(p::rate_hz, 20);
  hard.device->reset();
  const Stereo sound = hard.seconds(1);
  double step = 0;
  for (size_t i = 1; i < sound.size(); ++i) step = std::max(step, std::fabs(double(sound.left[i]) - sound.left[i - 1]));
  CHECK(step < 0.5 * 0.02);                                // under 2 % of the level from one sample to the next
}
