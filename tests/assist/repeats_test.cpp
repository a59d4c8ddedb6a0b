#include "assist/repeats.h"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "assist/melody_data.h"
#include "base/random.h"

using namespace arietta;

namespace {

Melody melody(const std::vector<int>& pitches) {
  Melody notes;
  for (size_t i = 0; i < pitches.size(); ++i) notes.push_back({int(i) * 24, 24, pitches[i]});
  return notes;
}

std::vector<float> flat(size_t count) { return std::vector<float>(count, 1.f / float(count)); }

}  // namespace

TEST_CASE("What came after the same turn before becomes likely") {
  const Tokens past = tokens_of(melody({60, 62, 64, 67, 60, 62, 64}));
  std::vector<float> shares = flat(97);
  CHECK(count_intervals(past, past, 48, shares) == 2);       // up two, up two was found again
  CHECK(shares[48 + 3] > .5f);                               // and a third up followed
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.f) == doctest::Approx(1));
}

TEST_CASE("A turn never heard changes nothing") {
  const Tokens past = tokens_of(melody({60, 62}));
  std::vector<float> shares = flat(97);
  CHECK(count_intervals(past, past, 48, shares) == 0);
  CHECK(shares == flat(97));
}

TEST_CASE("A person's melodies are searched one by one: nothing is found across the seam") {
  Tokens memory;
  append_melody(memory, melody({60, 61}));
  append_melody(memory, melody({70, 75}));
  std::vector<float> shares = flat(97);
  CHECK(count_intervals(tokens_of(melody({50, 51})), memory, 48, shares) == 0);
}

TEST_CASE("Rhythm is counted with what it follows") {
  Melody notes = melody({60, 60, 60, 60, 60, 60, 60});
  for (size_t i = 1; i < notes.size(); i += 2) notes[i].duration = 12;
  const Tokens past = tokens_of(notes);
  std::vector<float> gaps = flat(97);
  CHECK(count_gaps(past, past, gaps) >= 2);
  CHECK(gaps[0] > .5f);                                      // a rest follows the short notes only, and a long one was last
}

TEST_CASE("The filter knows the phrases it was given and few others; files keep it") {
  MelodyData data;
  data.pitch_shares = {0, .1f, .2f, .3f, .4f, .5f, .6f};
  data.training = PhraseFilter(16);
  const auto phrase = [](int seed) {
    Tokens tokens;
    Random random{uint32_t(seed + 1)};
    for (int i = 0; i < kPhraseNotes - 1; ++i) tokens.push_back({0, int16_t(6 + random.next() % 40), int16_t(random.next() % 13)});
    return PhraseFilter::hash(tokens.data());
  };
  for (int i = 0; i < 1000; ++i) data.training.add(phrase(i));
  const std::vector<uint8_t> file = write_melody_data(data);
  const Result<MelodyData> read = read_melody_data(file);
  REQUIRE(read.ok());
  CHECK(read.value().pitch_shares == data.pitch_shares);
  int wrong = 0;
  for (int i = 0; i < 1000; ++i) CHECK(read.value().training.contains(phrase(i)));
  for (int i = 10000; i < 11000; ++i) wrong += read.value().training.contains(phrase(i));
  CHECK(wrong < 20);
}

TEST_CASE("Damaged tables are refused") {
  const std::vector<uint8_t> file = write_melody_data([] {
    MelodyData data;
    data.training = PhraseFilter(10);
    return data;
  }());
  for (size_t cut = 0; cut < file.size(); cut += 7) CHECK_FALSE(read_melody_data(Bytes(file).first(cut)).ok());
  std::vector<uint8_t> changed = file;
  changed[4] = 9;
  CHECK_FALSE(read_melody_data(changed).ok());
}
