// The equaliser: every knob does in decibels what it says, as its analogue original would, up to the top of hearing.
#include <doctest/doctest.h>

#include "tests/support/effect_probe.h"

using namespace arietta;
using namespace arietta::test;

namespace {

namespace p = param::eq;

struct Setting { uint16_t index; float plain; };

struct Response {
  std::vector<float> impulse;
  explicit Response(std::vector<Setting> settings, float rate = 48000) {
    Player eq(DeviceKind::eq, rate);
    for (const Setting& s : settings) eq.set(s.index, s.plain);
    eq.device->reset();
    impulse = impulse_response(eq, 1 << 15).left;
  }
  double at(double hz, double rate = 48000) const { return response_db(impulse, hz, rate); }
};

double square(double v) { return v * v; }
double analogue_bell(double hz, double centre, double octaves, double gain_db) {
  const double a = std::pow(10, gain_db / 40), q = 1 / (2 * std::sinh(std::log(2) / 2 * octaves)), u = hz / centre;
  return 10 * std::log10((square(1 - u * u) + square(u * a / q)) / (square(1 - u * u) + square(u / (a * q))));
}
double analogue_shelf(double u, double gain_db) {            // low; a high one is its mirror
  const double a = std::pow(10, gain_db / 40), slope = std::sqrt(2 * a);
  return 10 * std::log10((square(a * a - a * u * u) + square(a * slope * u)) / (square(1 - a * u * u) + square(slope * u)));
}

}  // namespace

TEST_CASE("an untouched equaliser changes nothing") {
  const Response flat({});
  CHECK(flat.impulse[0] == 1);
  CHECK(peak({flat.impulse.data() + 1, flat.impulse.size() - 1}) == 0);
}

TEST_CASE("bells have the analogue shape up to 20 kHz, boosting and cutting") {
  const struct { uint16_t db, hz, width; float centre, octaves; } bells[] = {
      {p::warmth_db, p::warmth_hz, p::warmth_width, 250, 1.5f},
      {p::middle_db, p::middle_hz, p::middle_width, 2000, 0.5f},
      {p::presence_db, p::presence_hz, p::presence_width, 10000, 1.5f},
  };
  for (const auto& bell : bells)
    for (const float gain_db : {12.0f, 6.0f, -9.0f}) {
      const Response curve({{bell.db, gain_db}, {bell.hz, bell.centre}, {bell.width, bell.octaves}});
      for (double hz = 30; hz < 20000; hz *= 1.3) {
        CAPTURE(hz);
        CAPTURE(gain_db);
        CHECK(std::fabs(curve.at(hz) - analogue_bell(hz, bell.centre, bell.octaves, gain_db)) < 0.5);
      }
    }
}

TEST_CASE("shelves have the analogue shape up to 20 kHz") {
  for (const float gain_db : {10.0f, -10.0f}) {
    const Response bass({{p::bass_db, gain_db}, {p::bass_hz, 150}}), treble({{p::treble_db, gain_db}, {p::treble_hz, 12000}});
    for (double hz = 30; hz < 20000; hz *= 1.3) {
      CAPTURE(hz);
      CAPTURE(gain_db);
      CHECK(std::fabs(bass.at(hz) - analogue_shelf(hz / 150, gain_db)) < 0.5);
      CHECK(std::fabs(treble.at(hz) - analogue_shelf(12000 / hz, gain_db)) < 0.5);
    }
  }
}

TEST_CASE("the cuts are where they say: the low one 24 dB an octave, the high one 12") {
  const Response low({{p::low_cut_hz, 200}}), high({{p::high_cut_hz, 4000}});
  CHECK(low.at(200) == doctest::Approx(-3).epsilon(0.1));
  CHECK(low.at(100) == doctest::Approx(-24.1).epsilon(0.02));
  CHECK(std::fabs(low.at(1000)) < 0.1);
  CHECK(high.at(4000) == doctest::Approx(-3).epsilon(0.1));
  CHECK(high.at(16000) == doctest::Approx(-24.1).epsilon(0.03));
  CHECK(std::fabs(high.at(500)) < 0.1);
}

TEST_CASE("the two sides are treated alike and apart") {
  Player eq(DeviceKind::eq);
  eq.preset(p::middle_db, 9);
  const Stereo left = impulse_response(eq, 8192, true, false), right = impulse_response(eq, 8192, false, true);
  CHECK(difference(left.left, right.right) < 1e-6);
  CHECK(peak(left.right) == 0);
  CHECK(peak(right.left) == 0);
}
