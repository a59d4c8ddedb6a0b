// Passages that come back, and what a draft may not do that its tune never did.
#include <doctest/doctest.h>

#include "assist/reprise.h"
#include "assist/taste.h"

using namespace arietta;

namespace {

constexpr int kBar = 96;

// Eight bars of quarters, each bar a step higher.
MelodyRequest tune() {
  MelodyRequest request;
  for (int bar = 0; bar < 8; ++bar) {
    for (int beat = 0; beat < 4; ++beat) request.notes.push_back({bar * kBar + beat * 24, 24, 60 + bar + beat});
  }
  request.cut = 8 * kBar;
  request.end = 10 * kBar;
  request.place.bar = kBar;
  return request;
}

Melody melody(std::initializer_list<int> pitches) {
  Melody notes;
  for (const int pitch : pitches) notes.push_back({int(notes.size()) * 24, 24, pitch});
  return notes;
}

}  // namespace

TEST_CASE("Reprises: the beginning and passages two and four bars back, moved to the answer and as long as it") {
  const std::vector<Melody> found = reprises(tune());
  REQUIRE(found.size() == 3);                       // eight bars back is the beginning
  for (const Melody& passage : found) {
    REQUIRE(passage.size() == 8);
    CHECK(passage.front().onset == 8 * kBar);
    CHECK(passage.back().end() == 10 * kBar);
  }
  CHECK(found[0][0].pitch == 60);
  CHECK(found[1][0].pitch == 64);
  CHECK(found[2][0].pitch == 66);
}

TEST_CASE("An answer longer than the passage hears it again; an open one ends where open answers end") {
  MelodyRequest request = tune();
  request.end = 0;
  request.least_notes = 16;
  request.open_until = 12 * kBar;
  const std::vector<Melody> found = reprises(request);
  REQUIRE(found.size() == 3);
  CHECK(found[2][8].pitch == found[2][0].pitch);
  CHECK(found[2][8].onset == 10 * kBar);
  CHECK(found[2].back().onset == 12 * kBar);
}

TEST_CASE("A passage outside the wanted keys or scale does not come back") {
  MelodyRequest request = tune();
  request.low = 62;
  CHECK(reprises(request).size() == 2);
  request.scale = 1;
  CHECK(reprises(request).empty());
  request.notes.clear();
  CHECK(reprises(request).empty());
}

TEST_CASE("A draft is dull when it hammers, runs, circles or waits as its tune never did") {
  const Melody lively = melody({60, 64, 62, 67, 65, 64, 69, 67, 72, 71, 67, 69, 64, 65, 62, 60});
  CHECK_FALSE(duller(lively, lively));
  CHECK_FALSE(duller(melody({60, 60, 60, 64, 67, 62}), lively));
  CHECK(duller(melody({60, 60, 60, 60, 64, 67}), lively));
  CHECK(duller(melody({60, 62, 64, 65, 67, 69, 71, 72}), lively));
  CHECK(duller(melody({60, 62, 60, 62, 60, 62, 60, 62}), lively));
  Melody late = melody({64, 62, 67, 65});
  for (MelodyNote& note : late) note.onset += lively.back().end() + 96;
  CHECK(duller(late, lively));

  const Melody drone = melody({60, 60, 60, 60, 60, 62, 60, 60, 60, 60, 60, 60, 62, 60, 60, 60});
  CHECK_FALSE(duller(melody({60, 60, 60, 60, 60, 62}), drone));
}
