// The limiter: never over the ceiling, unheard below it.
#include <doctest/doctest.h>

#include "base/random.h"
#include "tests/support/measure.h"
#include "tests/support/player.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::limiter;

float hostile(Random& random, int frame) {
  const int scene = frame / 4000 % 6;
  switch (scene) {
    case 0: return random.bipolar() * 8;
    case 1: return frame % 997 == 0 ? 50.0f : 0.01f * random.bipolar();
    case 2: return 3 * float(std::sin(0.01 * frame));
    case 3: return frame % 2 ? 2.0f : -2.0f;
    case 4: return frame / 500 % 2 ? 10.0f : 0;                        // sudden 20 dB
    default: return random.bipolar() * 0.1f;
  }
}

}  // namespace

TEST_CASE("no sample ever passes the ceiling") {
  for (const float ceiling_db : {0.0f, -1.0f, -6.0f})
    for (const float drive_db : {0.0f, 12.0f}) {
      Random random(11);
      Player limiter(DeviceKind::limiter);
      limiter.set(p::ceiling_db, ceiling_db);
      limiter.set(p::drive_db, drive_db);
      limiter.device->reset();
      limiter.input = [&](int frame, int) { return hostile(random, frame); };
      const Stereo sound = limiter.render(96000);
      const double ceiling = std::pow(10, double(ceiling_db) / 20);
      CHECK(std::max(peak(sound.left), peak(sound.right)) <= ceiling * 1.000001);
      CHECK(peak(sound.left) > 0.9 * ceiling);
    }
}

TEST_CASE("below the ceiling it only delays, by what it reports") {
  Random random(5);
  std::vector<float> in;
  Player limiter(DeviceKind::limiter);
  limiter.input = [&](int, int side) {
    const float v = 0.8f * random.bipolar();
    if (side == 0) in.push_back(v);
    return v;
  };
  const Stereo sound = limiter.render(9600);
  const size_t latency = size_t(limiter.device->latency_frames());
  CHECK(latency > 0);
  CHECK(latency <= 96);
  CHECK(difference({sound.left.data() + latency, 9000}, {in.data(), 9000}) == 0);
}

TEST_CASE("the gain moves smoothly and comes back softly") {
  Player limiter(DeviceKind::limiter);
  limiter.input = [](int frame, int) {                                  // a quiet tone with one loud burst
    return (frame >= 9600 && frame < 10000 ? 4.0f : 0.2f) * float(std::sin(0.01 * frame));
  };
  const Stereo sound = limiter.render(96000);
  const double clean = 4 * 0.01 * 0.01;
  CHECK(sharpest({sound.left.data() + 200, 9300}) < clean);
  CHECK(sharpest({sound.left.data() + 10200, 80000}) < clean);          // no zipper on the way back
  const double ducked = rms({sound.left.data() + 10200, 700}), later = rms({sound.left.data() + 60000, 6300});
  CHECK(ducked < 0.5 * later);                                          // still down just after
  CHECK(later == doctest::Approx(0.2 / std::sqrt(2)).epsilon(0.01));    // and back within a second
}

TEST_CASE("it turns down, it does not clip") {
  Player limiter(DeviceKind::limiter);
  limiter.input = [](int frame, int) {                                  // swells to 14 dB over and back
    const double swell = 0.5 - 0.5 * std::cos(kTau * frame / 9600);
    return 4 * float(swell * std::sin(0.05 * frame));
  };
  const Stereo sound = limiter.render(9600);
  CHECK(peak(sound.left) > 0.85);
  CHECK(sharpest(sound.left) < 1.5 * 0.05 * 0.05);                      // a clipped top has corners twenty times that
}

TEST_CASE("both sides move together, so the picture does not jump") {
  Player limiter(DeviceKind::limiter);
  limiter.input = [](int frame, int side) { return (side ? 0.4f : 3.0f) * float(std::sin(0.05 * frame)); };
  const Stereo sound = limiter.render(24000);
  CHECK(rms({sound.left.data() + 12000, 12000}) / rms({sound.right.data() + 12000, 12000}) == doctest::Approx(7.5).epsilon(0.01));
}

TEST_CASE("drive makes it louder, not higher") {
  const auto level = [](float drive_db) {
    Player limiter(DeviceKind::limiter);
    limiter.preset(p::drive_db, drive_db);
    limiter.input = [](int frame, int) { return 0.3f * float(std::sin(0.05 * frame)); };
    return rms(limiter.render(24000).left);
  };
  CHECK(db(level(6) / level(0)) == doctest::Approx(6).epsilon(0.02));
  CHECK(level(24) < 0.7);
}

TEST_CASE("what is not a number becomes silence, not noise") {
  Player limiter(DeviceKind::limiter);
  limiter.input = [](int frame, int) { return frame == 500 ? std::nanf("") : frame == 600 ? INFINITY : 0.25f; };
  const Stereo sound = limiter.render(4800);
  CHECK(all_finite(sound.left));
  CHECK(peak(sound.left) <= 0.2501);
}
