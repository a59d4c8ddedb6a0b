// Voices made of a voice: what is left of its pitch, its vowel and its consonants.
#include <doctest/doctest.h>

#include "tests/support/sung.h"
#include "voice/grain_voice.h"
#include "voice/voice_follower.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr double kRate = 48000;

// The sound at another pitch, in time with the original.
std::vector<float> shifted(const std::vector<float>& sound, double semitones, double formant_semitones = 0,
                           Listening listening = Listening::kLive, double rate = kRate) {
  std::vector<uint8_t> memory(4 << 20);
  Arena arena(memory);
  VoiceFollower follower;
  REQUIRE(follower.prepare(float(rate), listening, arena));
  GrainVoice voice;
  PitchRatio rule;
  rule.ratio = float(std::exp2(semitones / 12));
  std::vector<float> padded = sound, out;
  padded.resize((sound.size() + size_t(follower.delay_frames()) + 2 * kMaxBlock) / kMaxBlock * kMaxBlock, 0.0f);
  for (size_t at = 0; at < padded.size(); at += kMaxBlock) {
    follower.write(padded.data() + at, kMaxBlock);
    alignas(16) float block[kMaxBlock] = {};
    const int64_t start = follower.heard();
    voice.plan(follower.marks(), start, start + kMaxBlock, rule, float(std::exp2(formant_semitones / 12)));
    voice.render(follower.input(), start, block, kMaxBlock, 1);
    out.insert(out.end(), block, block + kMaxBlock);
  }
  out.erase(out.begin(), out.begin() + follower.delay_frames());
  out.resize(sound.size());
  return out;
}

// The steady middle of a note.
std::span<const float> middle(const std::vector<float>& x) { return {x.data() + 12000, 1 << 15}; }

Vowel moved(Vowel vowel, double semitones) {
  for (double& hz : vowel.formant_hz) hz *= std::exp2(semitones / 12);
  return vowel;
}

}  // namespace

TEST_CASE("a live voice is heard within 20 ms at any rate") {
  for (const float rate : {8000.0f, 44100.0f, 48000.0f, 192000.0f}) {
    std::vector<uint8_t> memory(4 << 20);
    Arena arena(memory);
    VoiceFollower follower;
    REQUIRE(follower.prepare(rate, Listening::kLive, arena));
    CHECK(float(follower.delay_frames()) / rate <= 0.0195f);
  }
}

TEST_CASE("a voice that is not shifted comes back as it was") {
  const std::vector<float> sound = with_silence(sing(kAhOfWoman, 1, kRate, vibrato(220)), 0.2, 0.2, kRate);
  CHECK(db(difference(shifted(sound, 0), sound)) < -70);
}

TEST_CASE("what is not sung passes to the last bit") {
  Random random(3);
  std::vector<float> hiss(30000);
  for (float& frame : hiss) frame = 0.2f * random.bipolar();
  CHECK(difference(shifted(hiss, 5), hiss) == 0);
}

TEST_CASE("shifted a fourth down to a fifth up, the pitch is right to two cents, the vowel stays and nothing hums along") {
  for (const double semitones : {-5.0, 4.0, 7.0})
    for (const auto& voice : {std::pair{&kAh, 110.0}, std::pair{&kEe, 110.0}, std::pair{&kAhOfWoman, 220.0}}) {
      const Vowel* vowel = voice.first;
      const double hz = voice.second;
      CAPTURE(semitones);
      CAPTURE(hz);
      const std::vector<float> out = shifted(sing(*vowel, 1.2, kRate, steady(hz)), semitones);
      const double wanted = hz * std::exp2(semitones / 12);
      CHECK(std::fabs(cents(frequency(middle(out), wanted, kRate), wanted)) < 1);
      CHECK(envelope_error_db(middle(out), kRate, wanted, *vowel) < 3);
      CHECK(harmonics_to_noise_db(middle(out), kRate, wanted) > 50);
    }
}

TEST_CASE("an octave either way keeps the vowel") {
  for (const double semitones : {-12.0, 12.0}) {
    CAPTURE(semitones);
    const std::vector<float> out = shifted(sing(kAh, 1.2, kRate, steady(131)), semitones);
    const double wanted = 131 * std::exp2(semitones / 12);
    CHECK(std::fabs(cents(frequency(middle(out), wanted, kRate), wanted)) < 1);
    CHECK(envelope_error_db(middle(out), kRate, wanted, kAh) < 3);
    CHECK(harmonics_to_noise_db(middle(out), kRate, wanted) > 45);
  }
}

TEST_CASE("formants move as far as asked, and the pitch stays") {
  for (const double semitones : {-4.0, 3.0, 6.0}) {
    CAPTURE(semitones);
    const std::vector<float> out = shifted(sing(kAh, 1.2, kRate, steady(110)), 0, semitones);
    CHECK(std::fabs(cents(frequency(middle(out), 110, kRate), 110)) < 1);
    const double there = envelope_error_db(middle(out), kRate, 110, moved(kAh, semitones));
    CHECK(there < 4);
    CHECK(there < 0.6 * envelope_error_db(middle(out), kRate, 110, kAh));
  }
}

TEST_CASE("vibrato goes along with the shift") {
  const std::vector<float> out = shifted(sing(kAhOfWoman, 1.2, kRate, vibrato(220)), 7);
  const double wanted = 220 * std::exp2(7 / 12.0);
  double low = 1e9, high = 0;
  for (size_t at = 9000; at + 1400 < 48000; at += 100) {          // the fundamental's phase, window by window
    std::complex<double> first = 0, second = 0;
    for (size_t i = 0; i < 1200; ++i) {
      const std::complex<double> turn = std::polar(1.0, -kTau * wanted * double(i) / kRate);
      const double window = 0.5 - 0.5 * std::cos(kTau * (double(i) + 0.5) / 1200);
      first += window * double(out[at + i]) * turn;
      second += window * double(out[at + i + 60]) * turn;
    }
    const double hz = std::arg(second / first) / kTau * kRate / 60;
    const double near = hz + std::round((wanted * 60 / kRate - hz * 60 / kRate)) * kRate / 60;
    low = std::min(low, near);
    high = std::max(high, near);
  }
  CHECK(cents(high, wanted) == doctest::Approx(50).epsilon(0.15));
  CHECK(cents(low, wanted) == doctest::Approx(-50).epsilon(0.15));
}

TEST_CASE("live and with lookahead a clean voice sounds alike") {
  const std::vector<float> sound = with_silence(sing(kAh, 1, kRate, vibrato(140, 30)), 0.2, 0.2, kRate);
  const std::vector<float> live = shifted(sound, 4), ahead = shifted(sound, 4, 0, Listening::kAhead);
  CHECK(db(rms(std::span(live).subspan(16000, 20000)) / rms(std::span(ahead).subspan(16000, 20000))) == doctest::Approx(0).epsilon(0.5));
}

TEST_CASE("the sample rate does not matter to a shifted voice") {
  for (const double rate : {8000.0, 44100.0, 96000.0}) {
    CAPTURE(rate);
    const std::vector<float> out = shifted(sing(kAh, 1.2, rate, steady(150)), 4, 0, Listening::kLive, rate);
    const double wanted = 150 * std::exp2(4 / 12.0);
    const std::span<const float> part(out.data() + out.size() / 4, out.size() / 2);
    CHECK(std::fabs(cents(frequency(part, wanted, rate), wanted)) < 2);
  }
}
