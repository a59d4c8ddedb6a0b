// Beats, tempo and bars are where the players put them.
#include <doctest/doctest.h>

#include <functional>

#include "analyse/analysis.h"
#include "tests/analyse/band.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr double kSeconds = 20;

std::vector<double> beats_at(const std::function<double(double)>& tempo_at) {
  std::vector<double> beats;
  for (double t = 0.31; t < kSeconds - 0.4; t += 60 / tempo_at(t)) beats.push_back(t);
  return beats;
}

const std::vector<int> kChords[] = {{48, 52, 55, 60}, {45, 52, 57, 60}, {41, 48, 53, 57}, {43, 50, 55, 59}};

// Kick and snare in turn, hats between, a kick that comes early now and then, chords every other beat.
Band rock(const std::vector<double>& beats) {
  Band band(kSeconds);
  for (size_t i = 0; i + 1 < beats.size(); ++i) {
    const double beat = beats[i], length = beats[i + 1] - beat;
    if (i % 2) band.snare(beat);
    else band.kick(beat);
    band.hat(beat);
    band.hat(beat + length / 2);
    if (i % 8 == 5) band.kick(beat + 0.75 * length, 0.5);
    if (i % 2 == 0) band.chord(beat, kChords[i / 4 % 4], 1.5 * length);
  }
  return band;
}

Analysis analysed(const Band& band) {
  Result<Analysis> analysis = analyse_recording(band.recording());
  REQUIRE(analysis.ok());
  return *analysis;
}

}  // namespace

TEST_CASE("a steady band: every beat, the tempo, the bars") {
  for (const double tempo : {72.0, 93.5, 110.0, 128.0, 140.0}) {
    CAPTURE(tempo);
    const std::vector<double> beats = beats_at([&](double) { return tempo; });
    const Analysis found = analysed(rock(beats));
    CHECK(f_measure(beats, found.beats_s) >= 0.95);
    CHECK(found.tempo == doctest::Approx(tempo).epsilon(0.005));
    CHECK(found.beats_per_bar == 4);
    std::vector<double> bars;
    for (size_t i = 0; i < beats.size(); i += 4) bars.push_back(beats[i]);
    CHECK(f_measure(bars, found.downbeats_s) >= 0.9);
  }
}

TEST_CASE("a band that speeds up or slows down is followed") {
  struct Ramp { double from, to; };
  for (const Ramp& ramp : {Ramp{90, 126}, Ramp{140, 108}}) {
    const std::vector<double> beats = beats_at([&](double t) { return ramp.from + (ramp.to - ramp.from) * t / kSeconds; });
    CHECK(f_measure(beats, analysed(rock(beats)).beats_s) >= 0.9);
  }
}

TEST_CASE("without drums, by chords alone, in fours and in threes") {
  for (const size_t bar : {size_t(4), size_t(3)}) {
    CAPTURE(bar);
    const std::vector<double> beats = beats_at([](double) { return 88.0; });
    Band band(kSeconds);
    for (size_t i = 0; i < beats.size(); ++i) {
      if (i % bar == 0) band.note(beats[i], kChords[i / bar % 4][0] - 12, 1.2, 0.3);
      band.chord(beats[i], kChords[i / bar % 4], 0.6);
    }
    const Analysis found = analysed(band);
    CHECK(f_measure(beats, found.beats_s) >= 0.95);
    CHECK(found.beats_per_bar == int(bar));
    CHECK(std::fabs(found.downbeats_s.front() - beats[0]) < 0.05);
  }
}

TEST_CASE("what does not beat is not said to") {
  Random random(5);
  Band noise(12), click(12), tone(12);
  for (float& v : noise.sound) v = 0.2f * random.bipolar();
  click.kick(3);
  tone.note(0, 69, 12, 0.5);
  for (const Band* band : {&noise, &click, &tone}) {
    const Analysis found = analysed(*band);
    CHECK(found.beats_s.empty());
    CHECK(found.tempo == 0);
    CHECK_FALSE(found.has_key);
  }
}
