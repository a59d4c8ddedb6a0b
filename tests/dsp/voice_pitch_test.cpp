// The pitch tracker against voices whose pitch is known.
#include <doctest/doctest.h>

#include "tests/support/sung.h"
#include "voice/pitch_tracker.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr TrackerOptions kAhead = {65, 1100, 0.018f, 0.060f};

struct Score {
  double within_50_cents = 0;      // share of the frames that are sung
  double false_voice = 0;          // share of those that are not
  double median_cents = 0;
};

// `sung` from `from_s` to `to_s`, at the pitch of `pitch` counted from there.
Score follow(const std::vector<float>& sound, double rate, double from_s, double to_s, const PitchAt& pitch,
             const TrackerOptions& options) {
  std::vector<uint8_t> memory(1 << 20);
  Arena arena(memory);
  PitchTracker tracker;
  REQUIRE(tracker.prepare(float(rate), options, arena));
  std::vector<float> padded = sound;
  padded.resize(sound.size() + size_t(tracker.latency_frames()), 0.0f);
  int sung = 0, right = 0, still = 0, wrong = 0;
  std::vector<double> errors;
  int64_t seen = 0;
  for (size_t at = 0; at < padded.size(); at += 100) {
    tracker.write(padded.data() + at, int(std::min<size_t>(100, padded.size() - at)));
    for (; seen < tracker.track().count(); ++seen) {
      const PitchPoint& point = tracker.track()[seen];
      const double time_s = point.time / rate;
      if (time_s < 0 || time_s * rate > double(sound.size())) continue;
      if (time_s >= from_s + 0.005 && time_s < to_s - 0.015) {      // all but the very ends of the fades
        ++sung;
        const double off = point.voiced ? std::fabs(cents(rate / double(point.period), pitch(time_s - from_s))) : 1e9;
        errors.push_back(off);
        right += off < 50;
      } else if (time_s < from_s - 0.005 || time_s > to_s + 0.005) {
        ++still;
        wrong += point.voiced;
      }
    }
  }
  REQUIRE(sung > 50);
  std::sort(errors.begin(), errors.end());
  return {double(right) / sung, still ? double(wrong) / still : 0, errors[errors.size() / 2]};
}

Score follow_vowel(const Vowel& vowel, const PitchAt& pitch, const TrackerOptions& options, double noise_db = 200,
                   double rate = 48000) {
  std::vector<float> sound = with_silence(sing(vowel, 1, rate, pitch), 0.2, 0.2, rate);
  if (noise_db < 100) add_noise(sound, noise_db);
  return follow(sound, rate, 0.2, 1.2, pitch, options);
}

}  // namespace

TEST_CASE("a sung vowel with vibrato is followed to a few cents, live and with lookahead") {
  for (const TrackerOptions& options : {TrackerOptions{}, kAhead}) {
    const Score score = follow_vowel(kAhOfWoman, vibrato(220), options);
    CHECK(score.within_50_cents >= 0.995);
    CHECK(score.median_cents < 4);
    CHECK(score.false_voice <= 0.03);
  }
}

TEST_CASE("no octave is missed from a bass to a soprano, on vowels with a strong second harmonic too") {
  for (const double hz : {75.0, 98.0, 131.0, 262.0, 523.0, 1000.0})
    for (const Vowel* vowel : {&kAh, &kEe}) {
      CAPTURE(hz);
      const Score score = follow_vowel(*vowel, steady(hz), kAhead);
      CHECK(score.within_50_cents >= 0.98);
      CHECK(score.median_cents < 4);
    }
}

TEST_CASE("noise 10 dB under the voice is no trouble") {
  const Score score = follow_vowel(kAhOfWoman, vibrato(220), kAhead, 10);
  CHECK(score.within_50_cents >= 0.97);
  CHECK(score.false_voice <= 0.03);
}

TEST_CASE("a glide over an octave is followed without a leap") {
  const PitchAt glide = [](double time_s) { return 90 * std::exp2(time_s); };
  CHECK(follow_vowel(kEe, glide, TrackerOptions{}).within_50_cents >= 0.99);
}

TEST_CASE("hiss, breath and silence have no pitch") {
  Random random(7);
  std::vector<float> hiss(48000);
  for (float& frame : hiss) frame = 0.1f * random.bipolar();
  for (const TrackerOptions& options : {TrackerOptions{}, kAhead}) {
    std::vector<float> sound = with_silence(hiss, 0.2, 0.2, 48000);
    const std::vector<float> voice = sing(kAh, 0.4, 48000, steady(150));
    sound.insert(sound.end(), voice.begin(), voice.end());
    CHECK(follow(sound, 48000, 1.4, 1.8, steady(150), options).false_voice <= 0.03);
  }
}

TEST_CASE("the sample rate does not matter") {
  for (const double rate : {8000.0, 22050.0, 44100.0, 96000.0, 192000.0}) {
    CAPTURE(rate);
    const Score score = follow_vowel(kAh, vibrato(150), kAhead, 200, rate);
    CHECK(score.within_50_cents >= 0.99);
    CHECK(score.median_cents < 5);
  }
}
