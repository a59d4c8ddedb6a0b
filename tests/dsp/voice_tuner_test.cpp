// Tuning: which note is meant, how exactly and how soon it is reached, and what is left of the singer.
#include <doctest/doctest.h>

#include "tests/support/measure.h"
#include "voice/tuner.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr float kRate = 48000;
constexpr TuneNotes kAMinor = {0b101010110101};

double key_of(double period) { return 69 + 12 * std::log2(kRate / period / 440); }

// What becomes of a pitch that moves as `key_at` says: the keys sung and made, every 4 ms or so.
struct Made { std::vector<double> time_s, sung, made; };
template <class KeyAt>
Made tune(const Tuning& tuning, double seconds, KeyAt key_at) {
  Tuner tuner;
  tuner.prepare(kRate, 3);
  tuner.set(tuning);
  tuner.begin();
  Made all;
  for (double time = 0; time < seconds * kRate;) {
    const double key = key_at(time / kRate), period = kRate / (440 * std::exp2((key - 69) / 12));
    all.time_s.push_back(time / kRate);
    all.sung.push_back(key);
    all.made.push_back(key_of(double(tuner.period(time, float(period)))));
    time += period;
  }
  return all;
}

double depth(const std::vector<double>& keys, size_t from) {
  const auto [low, high] = std::minmax_element(keys.begin() + long(from), keys.end());
  return *high - *low;
}

// A note that begins flat and has vibrato, off by some cents.
auto singer(double key, double cents_off) {
  return [=](double t) {
    return key + cents_off / 100 - 0.8 * std::exp(-t / 0.03) + 0.4 * (t > 0.25) * std::sin(kTau * 5.5 * (t - 0.25));
  };
}

}  // namespace

TEST_CASE("the nearest note of the key is meant, and harmonies go by its steps") {
  CHECK(kAMinor.nearest(61.2f) == 62);
  CHECK(kAMinor.nearest(60.9f) == 60);
  CHECK(kAMinor.step(57, 2) == 60);
  CHECK(kAMinor.step(60, -2) == 57);
  CHECK(kAMinor.step(64, 7) == 76);
  CHECK(TuneNotes{0}.nearest(61.4f) == 61);
  CHECK(TuneNotes{0}.step(61, 3) == 61);
}

TEST_CASE("hard tuning is exact within 30 ms and keeps no vibrato") {
  for (const auto& sung : {std::pair{57.0, 35.0}, {59.0, -40.0}, {60.0, 25.0}, {64.0, -30.0}, {64.0, -45.0}}) {
    const double key = sung.first, off = sung.second;
    CAPTURE(key);
    const Made made = tune({kAMinor}, 0.8, singer(key, off));
    for (size_t i = 0; i < made.made.size(); ++i)
      if (made.time_s[i] > 0.03) CHECK(std::fabs(made.made[i] - key) < 0.01);
  }
}

TEST_CASE("gentle tuning brings the note near and keeps nine tenths of the vibrato") {
  Tuning gentle{kAMinor};
  gentle.vibrato = 1;
  gentle.speed_s = 0.06f;
  const Made made = tune(gentle, 1.5, singer(60, 25));
  const size_t settled = made.made.size() / 2;
  CHECK(depth(made.made, settled) > 0.9 * depth(made.sung, settled));
  double middle = 0;
  for (size_t i = settled; i < made.made.size(); ++i) middle += made.made[i] / double(made.made.size() - settled);
  CHECK(std::fabs(middle - 60) < 0.05);
}

TEST_CASE("an amount of nothing leaves the pitch alone") {
  Tuning none{kAMinor};
  none.amount = 0;
  const Made made = tune(none, 0.5, singer(61.4, 0));
  for (size_t i = 0; i < made.made.size(); ++i) CHECK(std::fabs(made.made[i] - made.sung[i]) < 1e-3);
}

TEST_CASE("speed is the time in which two thirds of the way are done") {
  Tuning slow{kAMinor};
  slow.speed_s = 0.2f;
  const Made made = tune(slow, 1, [](double) { return 60.4; });
  for (size_t i = 0; i < made.made.size(); ++i)
    CHECK(made.made[i] == doctest::Approx(60 + 0.4 * std::exp(-made.time_s[i] / 0.2)).epsilon(0.0005));
}

TEST_CASE("a human touch wanders a little around the note") {
  Tuning human{kAMinor};
  human.humanise = 1;
  const Made made = tune(human, 4, [](double) { return 60.2; });
  CHECK(depth(made.made, 100) > 0.04);
  CHECK(depth(made.made, 100) < 0.3);
}

TEST_CASE("a harmony stands on its own note to a cent, whatever the singer's") {
  Tuning third{kAMinor};
  third.steps = 2;
  const Made made = tune(third, 0.8, singer(60, 20));
  for (size_t i = 0; i < made.made.size(); ++i)
    if (made.time_s[i] > 0.03) CHECK(std::fabs(made.made[i] - 64) < 0.01);
}
