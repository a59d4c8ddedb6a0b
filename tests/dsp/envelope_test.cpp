// Envelope times are what the knobs say, and the level never jumps.
#include <doctest/doctest.h>

#include <cmath>

#include "base/types.h"
#include "dsp/envelope.h"

using namespace arietta;

namespace {

constexpr float kRate = 48000;

struct Voice {
  Adsr4 envelope;
  AdsrShape shape;
  float level = 0;
  float biggest_step = 0;      // from one control point to the next
  float time_s = 0;

  Voice(float attack_s, float decay_s, float sustain, float release_s)
      : shape(AdsrShape::make(attack_s, decay_s, sustain, release_s, kRate)) { envelope.reset(); }

  void step() {
    const float next = lane_of(envelope.advance(shape, kMaxBlock, f32x4(0) <= f32x4(0)), 1);
    biggest_step = std::max(biggest_step, std::fabs(next - level));
    level = next;
    time_s += kMaxBlock / kRate;
  }
  template <class Until>
  float time_until(Until done) {
    const float start = time_s;
    while (!done() && time_s - start < 30) step();
    return time_s - start;
  }
};

constexpr float kBlock = kMaxBlock / kRate;

}  // namespace

TEST_CASE("attack, decay and release take their times, within a block") {
  for (const float time_s : {0.005f, 0.05f, 1.0f}) {
    Voice v(time_s, time_s, 0.5f, time_s);
    v.envelope.start(1);
    CHECK(std::fabs(v.time_until([&] { return v.level >= 1; }) - time_s) <= kBlock * 1.05f);
    CHECK(std::fabs(v.time_until([&] { return v.level <= 0.5005f; }) - time_s) <= kBlock * 1.05f + 0.01f * time_s);

    Voice full(0.001f, 1, 1, time_s);
    full.envelope.start(1);
    full.time_until([&] { return full.level >= 1; });
    full.envelope.release(1, full.shape.release);
    CHECK(std::fabs(full.time_until([&] { return bits(full.envelope.idle()) == 15; }) - time_s) <= kBlock * 1.05f);
    CHECK(full.level == 0);
  }
}

TEST_CASE("letting go early starts the release from there") {
  Voice v(0.5f, 0.1f, 0.7f, 0.2f);
  v.envelope.start(1);
  for (int i = 0; i < 100; ++i) v.step();
  const float reached = v.level;
  CHECK(reached < 0.5f);
  v.envelope.release(1, v.shape.release);
  v.step();
  CHECK(v.level < reached);
  CHECK(v.level > reached * 0.9f);
}

TEST_CASE("a retrigger goes up from where it is") {
  Voice v(0.1f, 0.1f, 0.7f, 1.0f);
  v.envelope.start(1);
  v.time_until([&] { return v.level >= 1; });
  v.envelope.release(1, v.shape.release);
  for (int i = 0; i < 100; ++i) v.step();
  const float before = v.level;
  v.envelope.start(1);
  v.step();
  CHECK(v.level >= before);
  CHECK(v.level < before + 0.05f);
}

TEST_CASE("a fade is over in 5 ms without a step") {
  Voice v(0.02f, 1, 1, 5);
  v.envelope.start(1);
  v.time_until([&] { return v.level >= 1; });
  v.biggest_step = 0;
  v.envelope.fade(1, AdsrShape::fade_rate(0.005f, kRate));
  CHECK(v.time_until([&] { return v.level <= 0; }) <= 0.005f + kBlock);
  CHECK(v.biggest_step < 0.3f);
}

TEST_CASE("a sound without sustain ends by itself, one with sustain does not") {
  Voice pluck(0.001f, 0.2f, 0, 1), pad(0.001f, 0.2f, 0.5f, 1);
  pluck.envelope.start(1);
  pad.envelope.start(1);
  pluck.time_until([&] { return bits(pluck.envelope.idle()) == 15; });
  CHECK(pluck.time_s < 0.5f);
  for (int i = 0; i < 3000; ++i) pad.step();
  CHECK(pad.level == doctest::Approx(0.5f));
}

TEST_CASE("lanes that are not named stay where they are") {
  Adsr4 envelope;
  const AdsrShape shape = AdsrShape::make(0.01f, 0.1f, 0.5f, 0.1f, kRate);
  envelope.start(0);
  envelope.start(3);
  envelope.advance(shape, 16, only_lane(3));
  CHECK(lane_of(envelope.level(), 0) == 0);
  CHECK(lane_of(envelope.level(), 3) > 0);
}
