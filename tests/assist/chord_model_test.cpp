#include "assist/chord_model.h"

#include <doctest/doctest.h>

#include "assist/request.h"

using namespace arietta;

namespace {

// Songs of I IV V I in all keys, sung on chord tones.
ChordTables three_chords() {
  ChordCounter counter;
  for (int tonic = 0; tonic < 12; ++tonic) {
    std::vector<MelodyChord> chords;
    Melody melody;
    const int roots[] = {0, 5, 7, 0, 0, 5, 7, 0};
    for (int bar = 0; bar < 8; ++bar) {
      chords.push_back({bar * 96, 96, (tonic + roots[bar]) % 12, Quality::kMajor});
      for (int beat = 0; beat < 4; ++beat) melody.push_back({bar * 96 + beat * 24, 24, 60 + (tonic + roots[bar] + (beat % 3 == 1 ? 4 : beat % 3 == 2 ? 7 : 0)) % 12});
    }
    counter.add(tonic, chords, 96, 0, melody);
  }
  return counter.tables();
}

std::string names(const std::vector<MelodyChord>& chords, int tonic, bool minor = false) {
  std::string all;
  for (const MelodyChord& chord : chords) all += (all.empty() ? "" : " ") + chord_name(chord, tonic, minor);
  return all;
}

}  // namespace

TEST_CASE("A tune on the notes of I, IV and V gets these chords, in every key") {
  const ChordTables tables = three_chords();
  const int steps[] = {0, 4, 7, 5, 9, 5, 7, 11, 2, 0, 4, 0};          // one bar of 3/4 each
  for (int tonic = 0; tonic < 12; ++tonic) {
    Melody melody;
    for (int i = 0; i < 12; ++i) melody.push_back({i * 24, 24, 60 + tonic + steps[i]});
    ChordWish wish;
    wish.tonic = tonic;
    wish.to = 288;
    wish.slot = 72;
    const std::vector<MelodyChord> chords = chords_for(tables, melody, wish);
    REQUIRE(chords.size() == 4);
    const int roots[] = {0, 5, 7, 0};
    for (int i = 0; i < 4; ++i) {
      CHECK(chords[size_t(i)].root == (tonic + roots[i]) % 12);
      CHECK(chords[size_t(i)].onset == i * 72);
    }
  }
}

TEST_CASE("Chords cover the time asked for without holes, and the same wish gives the same chords") {
  const ChordTables tables = three_chords();
  const Melody melody{{10, 30, 60}, {200, 100, 67}};
  ChordWish wish;
  wish.from = 0;
  wish.to = 500;
  wish.surprise = 1;
  for (uint32_t seed = 0; seed < 20; ++seed) {
    wish.seed = seed;
    const std::vector<MelodyChord> chords = chords_for(tables, melody, wish);
    int at = 0;
    for (const MelodyChord& chord : chords) {
      CHECK(chord.onset == at);
      at += chord.duration;
    }
    CHECK(at == 500);
    CHECK(names(chords, 0) == names(chords_for(tables, melody, wish), 0));
  }
}

TEST_CASE("Chord names are spelt as the key is, and read back as the same chord") {
  CHECK(chord_name({0, 1, 10, Quality::kMajor}, 5, false) == "Bb");
  CHECK(chord_name({0, 1, 6, Quality::kDiminished}, 7, false) == "F#dim");
  CHECK(chord_name({0, 1, 9, Quality::kMinor}, 9, true) == "Am");
  for (int root = 0; root < 12; ++root) {
    for (int quality = 0; quality < kChordQualities; ++quality) {
      const auto read = parse_chord(chord_name({0, 24, root, Quality(quality)}, 0, false), 0, 24);
      REQUIRE(read);
      CHECK(read->root == root);
      CHECK(int(read->quality) == quality);
    }
  }
}
