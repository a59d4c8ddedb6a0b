#include <doctest/doctest.h>

#include "dsp/ramp.h"

using namespace arietta;

TEST_CASE("a ramp ends on its target and remembers it") {
  float held = 0.3f;
  const Ramp ramp(held, 0.9f, 32);
  CHECK(ramp.at(31) == doctest::Approx(0.9f));
  CHECK(ramp.at(15) == doctest::Approx(0.6f));
  CHECK(lane_of(ramp.four_at(12), 3) == ramp.at(15));
  CHECK(held == 0.9f);
}

TEST_CASE("a glide takes its time, lands exactly and stays") {
  Glide glide(1);
  glide.to(0, 100);
  CHECK(glide.at(49) == doctest::Approx(0.5f));
  CHECK(glide.at(99) == 0);
  CHECK(glide.at(2000) == 0);
  glide.advance(100);
  CHECK_FALSE(glide.moving());
  CHECK(glide.value() == 0);
}

TEST_CASE("a glide does not depend on how its time is cut, and starts again from where it is") {
  Glide whole(0.2f), cut(0.2f);
  whole.to(0.8f, 960);
  cut.to(0.8f, 960);
  for (int frame = 0; frame < 960; frame += 32) {
    CHECK(cut.at(6) == doctest::Approx(whole.at(6)).epsilon(1e-6));
    cut.advance(7);
    CHECK(lane_of(cut.four_at(0), 2) == doctest::Approx(whole.at(9)).epsilon(1e-6));
    cut.advance(25);
    whole.advance(32);
  }
  whole.to(0, 10);
  whole.advance(5);
  const float halfway = whole.value();
  whole.to(1, 100);
  CHECK(whole.value() == doctest::Approx(halfway));
}
