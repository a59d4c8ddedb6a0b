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

// How high the curve goes: eight points to the sample, each from 128 frames under a Kaiser window.
double curve_peak(const std::vector<float>& x) {
  constexpr int kReach = 64, kPoints = 8;
  static std::vector<double> taps;
  if (taps.empty()) {
    const auto i0 = [](double v) {
      double sum = 1, term = 1;
      for (int k = 1; k < 60; ++k) sum += term *= (v / (2 * k)) * (v / (2 * k));
      return sum;
    };
    for (int point = 1; point < kPoints; ++point)
      for (int k = 1 - kReach; k <= kReach; ++k) {
        const double away = k - double(point) / kPoints, edge = away / (kReach + 1);
        taps.push_back(std::sin(kTau / 2 * away) / (kTau / 2 * away) * i0(9 * std::sqrt(1 - edge * edge)) / i0(9));
      }
  }
  double most = peak(x);
  for (int i = kReach; i + kReach < int(x.size()); ++i) {
    if (std::fabs(x[size_t(i)]) < 0.2f && std::fabs(x[size_t(i) + 1]) < 0.2f) continue;
    for (int point = 0; point < kPoints - 1; ++point) {
      double sum = 0;
      for (int k = 0; k < 2 * kReach; ++k) sum += taps[size_t(point * 2 * kReach + k)] * double(x[size_t(i + k + 1 - kReach)]);
      most = std::max(most, std::fabs(sum));
    }
  }
  return most;
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
      CHECK(peak(sound.left) > 0.8 * ceiling);
    }
}

TEST_CASE("nor does the curve between the samples, looked at eight times to the sample by a filter of its own") {
  struct Nasty { std::string name; std::function<float(Random&, int)> at; };
  const Nasty signals[] = {
      {"noise", [](Random& random, int) { return 3 * random.bipolar(); }},
      {"a quarter of the rate, between its crests", [](Random&, int i) { return 2 * float(std::sin(kTau * (i + 0.5) / 4)); }},
      {"squares", [](Random&, int i) { return i / 37 % 2 ? 1.5f : -1.5f; }},
      {"random squares", [](Random& random, int) { return random.next() & 1 ? 1.0f : -1.0f; }},
      {"single frames", [](Random& random, int i) { return i % 97 == 0 ? 20 * random.bipolar() : 0; }},
      {"pairs of frames", [](Random&, int i) { return i % 500 < 2 ? 5.0f : 0; }},
      {"a sweep", [](Random&, int i) { return 1.4f * float(std::sin(0.5 * double(i) * i * 2.7 / 24000)); }},
      {"bursts", [](Random& random, int i) { return i / 1000 % 3 == 0 ? 8 * random.bipolar() : 0.05f * random.bipolar(); }},
      {"all of it", [](Random& random, int i) { return hostile(random, 8 * i); }},
  };
  for (const Nasty& nasty : signals)
    for (const float rate : {44100.0f, 48000.0f, 96000.0f}) {
      Random random(17);
      Player limiter(DeviceKind::limiter, rate);
      limiter.input = [&](int frame, int) { return nasty.at(random, frame); };
      const Stereo sound = limiter.render(24000);
      CAPTURE(nasty.name);
      CAPTURE(rate);
      CHECK(db(curve_peak(sound.left)) <= -1);
      CHECK(db(curve_peak(sound.right)) <= -1);
    }
}

TEST_CASE("below the ceiling it only delays, by what it reports") {
  Random random(5);
  std::vector<float> in;
  Player limiter(DeviceKind::limiter);
  limiter.input = [&](int, int side) {
    const float v = 0.4f * random.bipolar();
    if (side == 0) in.push_back(v);
    return v;
  };
  const Stereo sound = limiter.render(9600);
  const size_t latency = size_t(limiter.device->latency_frames());
  CHECK(latency > 0);
  CHECK(latency <= 100);
  CHECK(difference({sound.left.data() + latency, 9000}, {in.data(), 9000}) == 0);
}

TEST_CASE("a sudden jump of 20 dB or more is caught: it comes in over a second, and no higher than the ceiling") {
  struct Jump { double from_db, held_db; };
  for (const Jump& jump : {Jump{-20, 5}, Jump{-40, 7}, Jump{-200, 1.5}}) {      // out of soft music, or out of nothing
    Player limiter(DeviceKind::limiter);
    limiter.input = [&](int frame, int) {
      return float((frame < 240000 ? std::pow(10, jump.from_db / 20) : 1.0) * std::sin(0.06 * frame));
    };
    const Stereo sound = limiter.render(360000);
    const auto level_after = [&](double seconds) { return db(rms({sound.left.data() + 240000 + int(seconds * 48000), 4800})); };
    CHECK(level_after(0.05) < -4.4 - jump.held_db);                     // -4.4: what the ceiling alone leaves of it
    CHECK(level_after(0.05) > -16);
    CHECK(level_after(1.4) == doctest::Approx(-4.4).epsilon(0.02));
    CHECK(sharpest({sound.left.data() + 241000, 100000}) < 0.06 * 0.06 * 1.1);
    CHECK(db(peak(sound.left)) < -1);
  }
}

TEST_CASE("a jump of 12 dB, a kick drum and a loud mix out of nothing are music and stay as they are") {
  const std::function<double(int)> scenes[] = {
      [](int i) { return (i < 48000 ? 0.125 : 0.5) * std::sin(0.06 * i); },
      [](int i) { const double t = i % 24000 / 48000.0; return 0.85 * std::sin(kTau * 50 * t) * std::exp(-t / 0.06); },
      [](int i) { return i < 48000 ? 0 : 0.25 * (std::sin(0.01 * i) + std::sin(0.031 * i) + std::sin(0.11 * i)); },
  };
  for (const auto& scene : scenes) {
    Player limiter(DeviceKind::limiter);
    limiter.input = [&](int frame, int) { return float(scene(frame)); };
    const Stereo sound = limiter.render(96000);
    const int latency = limiter.device->latency_frames();
    double most = 0;
    for (int i = latency; i < 96000; ++i) most = std::max(most, std::fabs(double(sound.left[size_t(i)]) - double(float(scene(i - latency)))));
    CHECK(most == 0);
  }
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
  CHECK(peak(sound.left) > 0.83);
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
