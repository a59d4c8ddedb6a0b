#include "assist/features.h"

#include <doctest/doctest.h>

#include "assist/steps.h"

using namespace arietta;

namespace {

const Melody kTune{{0, 24, 62}, {24, 12, 64}, {36, 12, 66}, {48, 24, 69}, {84, 12, 67}, {96, 48, 66}, {144, 48, 62}};

MelodyPlace in_d() {
  MelodyPlace place;
  place.tonic = 2;
  place.mode = "major";
  place.meter = "4/4";
  place.bar = 96;
  return place;
}

std::vector<Step> steps_of(const MelodyPlace& place, const Melody& tune, int start = 0) {
  Context context;
  context.before = tune;
  context.start = start;
  return context_steps(MelodyReader(place, tune, start), context);
}

}  // namespace

TEST_CASE("A tune in another key is the same to the model") {
  for (const int by : {-14, -5, 1, 7, 12}) {
    Melody moved = kTune;
    for (MelodyNote& note : moved) note.pitch += by;
    MelodyPlace place = in_d();
    place.tonic = (2 + by + 24) % 12;
    CHECK(steps_of(place, moved) == steps_of(in_d(), kTune));
  }
}

TEST_CASE("The same tune sixteen bars later is the same to the model") {
  Melody later = kTune;
  for (MelodyNote& note : later) note.onset += 16 * 96;
  CHECK(steps_of(in_d(), later, 16 * 96) == steps_of(in_d(), kTune));
}

TEST_CASE("A pick-up moves the bar, not the beat's numbers") {
  Melody upbeat = kTune;
  for (MelodyNote& note : upbeat) note.onset += 24;
  MelodyPlace place = in_d();
  place.pickup = 24;
  CHECK(steps_of(place, upbeat, 24) == steps_of(in_d(), kTune));
}

TEST_CASE("Steps tell the interval, the rest before the note and its place in the bar") {
  const std::vector<Step> steps = steps_of(in_d(), kTune);
  REQUIRE(steps.size() == kTune.size() + 1);
  const auto field = [&](size_t note, StepField which) { return steps[note + 1][size_t(which)]; };
  CHECK(steps[0][size_t(StepField::kRole)] == int(Role::kStart));
  CHECK(field(0, StepField::kDegree) == kMiddleDegree);               // D, the tonic
  CHECK(field(1, StepField::kInterval) == kMiddleInterval + 2);
  CHECK(field(4, StepField::kGap) == 12);                             // the rest before the fifth note
  CHECK(field(4, StepField::kBarPlace) == 84 * 48 / 96);
  CHECK(field(5, StepField::kBarNumber) == 1);
}

TEST_CASE("The tonic is guessed where nobody says it") {
  Melody scale;
  const int pitches[] = {67, 69, 71, 72, 74, 76, 78, 79, 74, 71, 67};   // G major
  for (int i = 0; i < 11; ++i) scale.push_back({i * 24, i == 10 ? 96 : 24, pitches[i]});
  CHECK(guess_tonic(scale) == 7);
  CHECK(reference_pitch(7, scale) == 67);
}

TEST_CASE("Whatever the notes, every number stays inside what the model has learned") {
  const int sizes[] = {4, 98, 52, 98, 194, 24, 49, 24, 49, 17, 16, 8, 16, 5, 10, 131, 61, 98};
  MelodyPlace place = in_d();
  place.meter = "13/16";
  place.bar = 78;
  place.pickup = 50;
  place.answer_end = 100000;
  place.density = 9;
  place.tradition = "art-song-xx";
  place.mode = "klingon";
  place.chords = {{0, 50, 11, Quality::kOther}, {50, 10, 0, Quality::kDiminished}};
  place.guide = {{0, 3, 127}, {40, 4000, 0}};
  const Melody wild{{0, 1, 0}, {1, 5000, 127}, {9000, 1, 0}, {30000, 400, 64}};
  for (const Step& step : steps_of(place, wild)) {
    for (size_t i = 0; i < std::size(sizes); ++i) {
      CAPTURE(i);
      CHECK(step[i] >= 0);
      CHECK(step[i] < sizes[i]);
    }
    CHECK(step[size_t(StepField::kBarTicks)] > 0);
  }
}

TEST_CASE("What is learned after a step is the note that follows it") {
  Context context;
  context.after = {{288, 24, 62}};
  const Example example = make_example(in_d(), context, kTune);
  REQUIRE(example.steps.size() == kTune.size() + 1);       // the note after, the start, all but the last note
  CHECK(example.learned[0] == 0);
  for (size_t i = 0; i < kTune.size(); ++i) {
    CHECK(example.learned[i + 1] == 1);
    CHECK(example.choices[i + 1][size_t(ChoiceField::kDuration)] == kTune[i].duration);
    CHECK(example.pitches[i + 1] == kTune[i].pitch - 62 + kMiddleDegree);
  }
}
