// A recorded voice changed as a whole: length, place, channels, keys in words.
#include <doctest/doctest.h>

#include "host/voice_sound.h"
#include "tests/support/sung.h"

using namespace arietta;
using namespace arietta::test;

namespace {

constexpr float kRate = 48000;

Sound recording(const std::vector<float>& voice) { return {kRate, voice, voice}; }

std::vector<float> tones(std::initializer_list<double> keys) {
  std::vector<float> sum(48000, 0.0f);
  for (const double key : keys) {
    const std::vector<float> tone = sing(kAh, 1, kRate, steady(440 * std::exp2((key - 69) / 12)));
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += 0.4f * tone[i];
  }
  return sum;
}

}  // namespace

TEST_CASE("what comes out is as long as what went in, and in time with it") {
  const Sound in = recording(with_silence(sing(kAh, 0.6, kRate, steady(140)), 0.3, 0.2, kRate));
  for (const double semitones : {-7.0, 0.0, 5.0}) {
    VoiceOptions options;
    options.semitones = semitones;
    const Result<Sound> out = voice_sound(in, options);
    REQUIRE(bool(out));
    REQUIRE(out->left.size() == in.left.size());
    const auto begins = [](const std::vector<float>& x) {
      size_t i = 0;
      while (std::fabs(x[i]) < 0.05f) ++i;
      return double(i) / kRate;
    };
    CHECK(std::fabs(begins(out->left) - begins(in.left)) < 0.008);      // about a period
  }
}

TEST_CASE("a voice to one side stays there") {
  Sound in = recording(sing(kAh, 0.8, kRate, steady(180)));
  for (float& frame : in.right) frame *= 0.25f;
  VoiceOptions options;
  options.semitones = 3;
  const Result<Sound> out = voice_sound(in, options);
  REQUIRE(bool(out));
  CHECK(db(rms(out->left) / rms(out->right)) == doctest::Approx(12.04).epsilon(0.01));
}

TEST_CASE("one voice is told from several, and from noise and nothing") {
  CHECK(is_one_voice(recording(sing(kAhOfWoman, 1, kRate, vibrato(220)))));
  CHECK(is_one_voice(recording(tones({45}))));
  CHECK_FALSE(is_one_voice(recording(tones({57, 60, 64}))));
  CHECK_FALSE(is_one_voice(recording(tones({50, 57, 61.5}))));
  CHECK_FALSE(is_one_voice(recording(std::vector<float>(48000, 0.0f))));
  Random random(2);
  std::vector<float> noise(48000);
  for (float& frame : noise) frame = 0.2f * random.bipolar();
  CHECK_FALSE(is_one_voice(recording(noise)));
  CHECK_FALSE(is_one_voice(recording({})));
}

TEST_CASE("keys are understood as people write them") {
  const auto mask = [](const char* key) {
    const Result<TuneNotes> notes = tune_notes(key);
    return notes ? int(notes->mask) : -1;
  };
  CHECK(mask("C") == 0b101010110101);
  CHECK(mask("Am") == mask("C"));
  CHECK(mask("a minor") == mask("C"));
  CHECK(mask("Bb") == mask("G minor"));
  CHECK(mask("F# major") == mask("Ebm"));
  CHECK(mask("D dorian") == mask("C"));
  CHECK(mask("chromatic") == kEveryNote);
  for (const char* wrong : {"", "H", "C sharpish", "minor"}) {
    const Result<TuneNotes> notes = tune_notes(wrong);
    REQUIRE_FALSE(bool(notes));
    CHECK(notes.error().message.find("such as C, Am") != std::string::npos);
  }
}
