// Key, tuning, loudness and mood; and recordings nobody would choose.
#include <doctest/doctest.h>

#include "analyse/analysis.h"
#include "tests/analyse/band.h"

using namespace arietta;
using namespace arietta::test;

namespace {

// A cadence in any key, again and again, in any tuning.
Band cadence(int root, bool minor, double tuning_cents = 0, double tempo = 100) {
  Band band(14);
  const int third = minor ? 3 : 4;
  const std::vector<std::vector<int>> chords = {{0, third, 7}, {5, 5 + third, 12}, {7, 11, 14}, {0, third, 7}};
  const double beat = 60 / tempo;
  for (int i = 0; i * beat < 13; ++i)
    for (int key : chords[size_t(i / 2 % 4)]) band.note(i * beat, 48 + root + key + tuning_cents / 100, beat * 0.9);
  return band;
}

Recording constant(float value, size_t frames, size_t channels = 1, float rate = 48000) {
  return {rate, std::vector<std::vector<float>>(channels, std::vector<float>(frames, value))};
}

std::string trouble(const Recording& recording) {
  const Result<Analysis> analysis = analyse_recording(recording);
  return analysis ? "" : analysis.error().message;
}

}  // namespace

TEST_CASE("the key of a cadence, in all keys, whatever A it is tuned to") {
  for (int root = 0; root < 12; ++root)
    {
      const bool minor = root % 3 == 0;
      const double cents = (root * 29 % 80) - 40;
      const Result<Analysis> found = analyse_recording(cadence(root, minor, cents).recording());
      REQUIRE(found.ok());
      CAPTURE(found.value().key.name());
      CHECK(found.value().has_key);
      CHECK(found.value().key.root == root);
      CHECK(found.value().key.minor == minor);
      CHECK(std::fabs(found.value().tuning_cents - cents) < 6);
    }
}

TEST_CASE("loudness of a tone at any rate and channel count") {
  for (const float rate : {8000.0f, 44100.0f, 192000.0f})
    for (const size_t channels : {size_t(1), size_t(2)}) {
      Recording tone = constant(0, size_t(rate) * 4, channels, rate);
      for (std::vector<float>& channel : tone.channels)
        for (size_t i = 0; i < channel.size(); ++i) channel[i] = float(0.1 * std::sin(kTau * 1000 * double(i) / double(rate)));
      const Loudness loudness = measure_loudness(tone);
      CHECK(loudness.integrated_lufs == doctest::Approx(channels == 2 ? -20 : -23.01).epsilon(0.005));
      CHECK(loudness.true_peak_dbtp == doctest::Approx(-20).epsilon(0.01));
    }
}

TEST_CASE("faster, louder, brighter is more energy; major is more cheer than minor") {
  const MoodClues slow{60, 1, -30, 700, -1}, fast{150, 7, -10, 3500, 1};
  CHECK(find_mood(slow).word == "sad");
  CHECK(find_mood(fast).word == "happy");
  CHECK(find_mood({150, 7, -10, 3500, -1}).word == "tense");
  CHECK(find_mood({60, 1, -30, 700, 1}).word == "calm");
  CHECK(find_mood({98, 2.8, -16, 1550, 0}).word == "neutral");
  for (const double tempo : {60.0, 90.0, 120.0})
    CHECK(find_mood({tempo + 30, 3, -16, 1500, 1}).energy > find_mood({tempo, 3, -16, 1500, 1}).energy);
}

TEST_CASE("recordings with nothing in them are told in a sentence") {
  CHECK(trouble({}) == "This recording is empty: there is no sound in it.");
  CHECK(trouble(constant(0, 0)) == "This recording is empty: there is no sound in it.");
  CHECK(trouble(constant(0.1f, 1000)) == "This recording is shorter than half a second: too short to say anything about it.");
  CHECK(trouble(constant(0, 96000)) == "This recording is silent: there is nothing to hear in it.");
  CHECK(trouble(constant(0.7f, 96000, 2)) == "This recording is silent: there is nothing to hear in it.");
}

TEST_CASE("any rate, any channels, opposite sides, clipping: the same beats") {
  const auto told = [](const Recording& recording) {
    const Result<Analysis> analysis = analyse_recording(recording);
    REQUIRE(analysis.ok());
    return analysis->tempo;
  };
  Recording one = cadence(0, false).recording();
  Recording opposite = one, clipped = one, eight = one;
  opposite.channels.push_back(one.channels[0]);
  for (float& v : opposite.channels[1]) v = -v;
  for (float& v : clipped.channels[0]) v = std::clamp(v * 40, -1.0f, 1.0f);
  eight.channels.resize(8, one.channels[0]);
  for (const Recording& recording : {one, opposite, clipped, eight}) CHECK(told(recording) == doctest::Approx(100).epsilon(0.01));
  for (const float rate : {8000.0f, 22050.0f, 96000.0f}) {
    Band band(10, rate);
    for (int i = 0; i < 16; ++i) band.chord(0.2 + i * 0.6, {48, 52, 55}, 0.5);
    CHECK(told(band.recording()) == doctest::Approx(100).epsilon(0.01));
  }
}
