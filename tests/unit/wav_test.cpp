#include "host/wav.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace arietta;

namespace {

Sound wobble() {
  Sound sound;
  sound.sample_rate = 44100;
  for (int i = 0; i < 1000; ++i) {
    sound.left.push_back(std::sin(float(i) * 0.1f));
    sound.right.push_back(std::cos(float(i) * 0.03f) * 0.5f);
  }
  return sound;
}

}  // namespace

TEST_CASE("WAV files come back as they were written, to the step of their format") {
  const Sound sound = wobble();
  for (auto [format, step] : {std::pair{WavFormat::k16, 1 / 16000.0f}, {WavFormat::k24, 1 / 4000000.0f}, {WavFormat::kFloat, 0.0f}}) {
    const Result<Sound> read = read_wav(write_wav(sound, format));
    REQUIRE(read.ok());
    CHECK(read.value().sample_rate == 44100);
    REQUIRE(read.value().left.size() == 1000);
    for (size_t i = 0; i < 1000; ++i) {
      CHECK(std::fabs(read.value().left[i] - sound.left[i]) <= step);
      CHECK(std::fabs(read.value().right[i] - sound.right[i]) <= step);
    }
  }
}

TEST_CASE("Sound beyond full scale clips, it does not wrap") {
  Sound loud;
  loud.left = {2, -2};
  loud.right = {1, -1};
  const Result<Sound> read = read_wav(write_wav(loud, WavFormat::k16));
  CHECK(read.value().left[0] > 0.99f);
  CHECK(read.value().left[1] < -0.99f);
}

TEST_CASE("WAV files that are cut off or no WAV files are told apart from silence") {
  const std::vector<uint8_t> whole = write_wav(wobble());
  CHECK_FALSE(read_wav(Bytes(whole).first(30)).ok());
  CHECK_FALSE(read_wav({}).ok());
  const Result<Sound> half = read_wav(Bytes(whole).first(44 + 400));     // a recording that was interrupted
  REQUIRE(half.ok());
  CHECK(half.value().left.size() == 100);
  std::vector<uint8_t> odd = whole;
  odd[34] = 13;                                                           // bits of a sample
  CHECK_FALSE(read_wav(odd).ok());
}
