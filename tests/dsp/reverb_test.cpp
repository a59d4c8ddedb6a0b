// The room: as long as asked, duller as asked, dense, wide, without ringing.
#include <doctest/doctest.h>

#include "base/random.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::reverb;

struct Room : Player {
  Room(float decay_s, float tone_hz, float pre_delay_s = 0) : Player(DeviceKind::reverb) {
    set(p::decay_s, decay_s);
    set(p::tone_hz, tone_hz);
    set(p::pre_delay_s, pre_delay_s);
    device->reset();
  }
};

Stereo impulse(float decay_s, float tone_hz, float time_s) {
  Room room(decay_s, tone_hz);
  room.input = [](int frame, int) { return frame == 0 ? 1.0f : 0.0f; };
  return room.seconds(time_s);
}

// Level of a band in a window of the tail.
double band_db(const std::vector<float>& x, double at_s, double from_hz, double to_hz) {
  return 0.5 * db(energy(spectrum({x.data() + size_t(at_s * 48000), 1 << 14}, 14), from_hz, to_hz, 48000));
}

// Seconds to -60 dB in a band, from two windows of the tail.
double decay_of(const std::vector<float>& x, double decay_s, double from_hz, double to_hz) {
  const double early = 0.1, late = 0.1 + 0.5 * decay_s;
  const double fell = band_db(x, early, from_hz, to_hz) - band_db(x, late, from_hz, to_hz);
  return 60 * (late - early) / fell;
}

}  // namespace

TEST_CASE("low notes decay in the time of the knob") {
  for (const float decay_s : {0.6f, 1.8f, 5.0f}) {
    const Stereo sound = impulse(decay_s, 8000, decay_s + 1);
    CHECK(decay_of(sound.left, decay_s, 150, 1200) == doctest::Approx(decay_s).epsilon(0.12));
    CHECK(decay_of(sound.right, decay_s, 150, 1200) == doctest::Approx(decay_s).epsilon(0.12));
  }
}

TEST_CASE("the tone knob is where decay has halved") {
  for (const float tone_hz : {2000.0f, 6000.0f}) {
    const Stereo sound = impulse(2.4f, tone_hz, 3.5f);
    CHECK(decay_of(sound.left, 1.2, tone_hz * 0.9, tone_hz * 1.1) == doctest::Approx(1.2).epsilon(0.15));
    CHECK(decay_of(sound.left, 2.4, 150, 500) > 1.9);
  }
}

// The share of frequencies that holds half of the energy. Noise has 0.19 (its power is exponentially distributed);
// a comb or a bell has a few lines only.
double fullness(const std::vector<float>& x, double at_s, double from_hz, double to_hz) {
  const auto s = spectrum({x.data() + size_t(at_s * 48000), 1 << 16}, 16);
  std::vector<double> power;
  for (size_t i = size_t(from_hz * 65536 / 48000); i < size_t(to_hz * 65536 / 48000); ++i) power.push_back(s[i] * s[i]);
  std::sort(power.rbegin(), power.rend());
  double all = 0, part = 0;
  for (double v : power) all += v;
  size_t used = 0;
  while (part < all / 2) part += power[used++];
  return double(used) / double(power.size());
}

TEST_CASE("no metallic ringing: the tail is full of frequencies, and they all decay alike") {
  const Stereo sound = impulse(3, 8000, 5);
  for (const double hz : {150.0, 300.0, 600.0, 1200.0, 2400.0}) {
    CAPTURE(hz);
    CHECK(fullness(sound.left, 0.5, hz, 2 * hz) > 0.09);
    CHECK(fullness(sound.right, 0.5, hz, 2 * hz) > 0.09);
  }
  for (double hz = 160; hz < 3200; hz *= 1.189)                          // quarter octaves
    CHECK(decay_of(sound.left, 3, hz, hz * 1.189) == doctest::Approx(3).epsilon(0.25));
}

TEST_CASE("no resonance stands out of the tail, however long it is") {
  for (const float decay_s : {1.8f, 6.0f, 12.0f}) {
    const Stereo sound = impulse(decay_s, 8000, decay_s / 2 + 2);
    const auto s = spectrum({sound.left.data() + size_t(decay_s / 2 * 48000), 1 << 16}, 16);
    for (const double hz : {200.0, 400.0, 800.0, 1600.0}) {
      CAPTURE(decay_s);
      CAPTURE(hz);
      const double count = hz * 65536 / 48000, average = std::sqrt(energy(s, hz, 2 * hz, 48000) / count);
      CHECK(db(loudest(s, hz, 2 * hz, 48000) / average) < 14);           // noise: 8 to 10
    }
  }
}

TEST_CASE("the room breathes: a steady tone comes back slightly moving") {
  Room room(2, 8000);
  room.input = [](int frame, int) { return 0.3f * float(std::sin(0.13 * frame)); };
  const Stereo sound = room.seconds(8);
  double least = 1e9, most = -1e9;
  for (size_t at = 4 * 48000; at + 4800 < sound.size(); at += 4800) {
    const double level = db(rms({sound.left.data() + at, 4800}));
    least = std::min(least, level);
    most = std::max(most, level);
  }
  CHECK(most - least > 1);
  CHECK(most < 0);
}

TEST_CASE("echoes are as dense as noise within an eighth of a second") {
  const Stereo sound = impulse(1.8f, 8000, 0.5f);
  const std::span<const float> window(sound.left.data() + 6000, 1440);
  const double spread = rms(window);
  int outside = 0;
  for (float v : window) outside += std::fabs(v) > spread;
  CHECK(double(outside) / 1440 / 0.3173 == doctest::Approx(1).epsilon(0.15));   // as many as a bell curve has
}

TEST_CASE("the two sides are different rooms of the same size") {
  const Stereo sound = impulse(1.8f, 8000, 2);
  double product = 0;
  for (size_t i = 2400; i < sound.size(); ++i) product += double(sound.left[i]) * sound.right[i];
  const double count = double(sound.size() - 2400);
  const std::span<const float> left(sound.left.data() + 2400, size_t(count)), right(sound.right.data() + 2400, size_t(count));
  CHECK(std::fabs(product / count / rms(left) / rms(right)) < 0.15);
  CHECK(db(rms(left) / rms(right)) == doctest::Approx(0).epsilon(1.5));
}

TEST_CASE("the wet sound is about as loud as what was sent, whatever the length") {
  for (const float decay_s : {0.8f, 1.8f, 6.0f}) {
    Random random(9);
    Room room(decay_s, 16000);
    room.input = [&](int, int) { return 0.5f * random.bipolar(); };
    const Stereo sound = room.seconds(2 * decay_s);
    const double in = 0.5 / std::sqrt(3);
    CHECK(std::fabs(db(rms({sound.left.data() + sound.size() / 2, sound.size() / 2}) / in)) < 4);
  }
}

TEST_CASE("only the room comes back: distance moves it, nothing dry is left") {
  const auto first = [](float pre_delay_s) {
    Room room(1, 8000, pre_delay_s);
    room.input = [](int frame, int) { return frame == 0 ? 1.0f : 0.0f; };
    const Stereo sound = room.seconds(0.5f);
    for (size_t i = 0; i < sound.size(); ++i)
      if (std::fabs(sound.left[i]) > 1e-5) return int(i);
    return -1;
  };
  CHECK(first(0) > 480);
  CHECK(std::abs(first(0.1f) - first(0) - 4800) < 10);                  // the room breathes meanwhile
}

TEST_CASE("the tail ends, and the room then sleeps") {
  Room room(0.5f, 8000);
  room.input = [](int frame, int) { return frame < 4800 ? 0.5f * float(std::sin(0.1 * frame)) : 0.0f; };
  room.seconds(0.2f);
  CHECK(room.activity == Activity::kTail);
  room.seconds(2);
  CHECK(room.activity == Activity::kAsleep);
}
