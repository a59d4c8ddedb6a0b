// Oscillators: no audible aliases, the right partials, no matter how the time is cut.
#include <doctest/doctest.h>

#include "dsp/osc_blep.h"
#include "tests/support/measure.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr double kRate = 48000;
constexpr int kBits = 15;

std::vector<float> wave_of(Wave wave, double hz, std::vector<int> cuts = {kMaxBlock}) {
  BlepTail tail;
  float phase = 0.1f;
  std::vector<float> out;
  for (size_t turn = 0; out.size() < (1u << kBits) + 64; ++turn) {
    const int frames = cuts[turn % cuts.size()];
    BlepLine line;
    line.begin(tail);
    line.add(blep_table(), wave, phase, float(hz / kRate), {1, 0}, frames);
    line.keep(tail, frames);
    out.insert(out.end(), line.samples(), line.samples() + frames);
  }
  return {out.begin() + 64, out.end()};
}

// The loudest thing that is no partial, in dB below the loudest partial.
double alias_floor(Wave wave, double hz) {
  const std::vector<double> amplitudes = spectrum(wave_of(wave, hz), kBits);
  const double bin = kRate / double(1 << kBits), loudest_partial = *std::max_element(amplitudes.begin(), amplitudes.end());
  double worst = 0;
  for (size_t i = 28; i < amplitudes.size(); ++i) {
    const double from_partial = std::fabs(std::remainder(double(i) * bin, hz));
    if (from_partial > 14 * bin) worst = std::max(worst, amplitudes[i]);
  }
  return db(worst / loudest_partial);
}

}  // namespace

TEST_CASE("aliases stay 80 dB below the tone for every wave up to 5 kHz") {
  for (const Wave wave : {Wave::kSaw, Wave::kSquare, Wave::kTriangle, Wave::kSine}) {
    for (const double hz : {110.0, 987.8, 1661.2, 2637.0, 3322.4, 3951.1, 4434.9, 4978.0}) {
      CAPTURE(int(wave));
      CAPTURE(hz);
      CHECK(alias_floor(wave, hz) < -80);
    }
  }
}

TEST_CASE("partials have their textbook levels") {
  const double hz = 48000.0 / 256;                                    // on a bin
  const auto partial = [&](const std::vector<double>& s, int n) { return loudest(s, n * hz - 20, n * hz + 20, kRate); };
  const auto saw = spectrum(wave_of(Wave::kSaw, hz), kBits), square = spectrum(wave_of(Wave::kSquare, hz), kBits);
  const auto triangle = spectrum(wave_of(Wave::kTriangle, hz), kBits), sine = spectrum(wave_of(Wave::kSine, hz), kBits);
  for (const int n : {1, 2, 3, 10, 31}) CHECK(db(partial(saw, n) * n * kTau / 4) == doctest::Approx(0).epsilon(0.1));
  for (const int n : {1, 3, 11, 31}) CHECK(db(partial(square, n) * n * kTau / 8) == doctest::Approx(0).epsilon(0.1));
  for (const int n : {1, 3, 11}) CHECK(db(partial(triangle, n) * n * n * kTau * kTau / 32) == doctest::Approx(0).epsilon(0.1));
  CHECK(db(partial(square, 2)) < -80);
  CHECK(db(partial(sine, 1)) == doctest::Approx(0).epsilon(0.01));
  CHECK(db(partial(sine, 3)) < -110);
}

TEST_CASE("brightness reaches far up: -6 dB no lower than 18 kHz") {
  const auto saw = spectrum(wave_of(Wave::kSaw, 1000), kBits);
  for (const int n : {10, 14, 16}) CHECK(db(loudest(saw, n * 1000.0 - 20, n * 1000.0 + 20, kRate) * n * kTau / 4) > -3);
  CHECK(db(loudest(saw, 17980, 18020, kRate) * 18 * kTau / 4) > -6);
}

TEST_CASE("no constant offset") {
  for (const Wave wave : {Wave::kSaw, Wave::kSquare, Wave::kTriangle, Wave::kSine}) {
    const std::vector<float> x = wave_of(wave, 480);                  // whole periods
    CHECK(std::fabs(mean({x.data(), 32000})) < 1e-4);
  }
}

TEST_CASE("the wave does not depend on how time is cut") {
  for (const Wave wave : {Wave::kSaw, Wave::kSquare, Wave::kTriangle, Wave::kSine}) {
    const auto whole = wave_of(wave, 2637), cut = wave_of(wave, 2637, {7, 25}), tiny = wave_of(wave, 2637, {1, 3, 28});
    // Only the rounding of the phase, once a block, adds up.
    CHECK(db(difference({whole.data(), 8192}, {cut.data(), 8192})) < -60);
    CHECK(db(difference({whole.data(), 8192}, {tiny.data(), 8192})) < -60);
  }
}

TEST_CASE("a level that moves carries the edges with it") {
  BlepLine line;
  line.begin({});
  float phase = 0.9f;
  line.add(blep_table(), Wave::kSaw, phase, 0.05f, {1, -1.0f / 32}, 32);
  BlepTail tail;
  line.keep(tail, 32);
  CHECK(peak({tail.samples + kBlepDelay, 12}) < 0.05);                // faded out, edges too
}
