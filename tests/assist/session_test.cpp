// Questions answered by a network that knows nothing: what must hold whatever it says.
#include "assist/session.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace arietta;
using Json = nlohmann::json;

namespace {

// Scores between -4 and 4.
std::vector<float> noise(size_t count, Random& random) {
  std::vector<float> scores(count);
  for (float& score : scores) score = 4 * random.bipolar();
  return scores;
}

Json ask(MelodySession& session, const Json& request, uint32_t seed = 1) {
  const Result<bool> begun = session.begin(request.dump());
  if (!begun) return {{"error", begun.error().message}};
  Random random(seed);
  const size_t rows = size_t(session.rows());
  for (int turns = 0; session.state() != MelodySession::State::kDone; ++turns) {
    REQUIRE(turns < 2000);
    CHECK(session.features().size() == size_t(session.step_count()) * kStepFields * (turns ? rows : 1));
    REQUIRE(session.take_gaps(noise(rows * kGapClasses, random)));
    REQUIRE(session.take_durations(noise(rows * kDurationClasses, random)));
    REQUIRE(session.take_pitches(noise(rows * kPitchClasses, random)));
  }
  return Json::parse(session.answer());
}

Json scale_up(int count, int step = 24) {
  Json notes = Json::array();
  constexpr int kScale[] = {0, 2, 4, 5, 7, 9, 11};
  for (int i = 0; i < count; ++i) notes.push_back({i * step, step, 60 + kScale[i % 7]});
  return notes;
}

Json question(int notes = 16) {
  return {{"id", "q"}, {"notes", scale_up(notes)}, {"meter", "4/4"}, {"bar", 96}, {"cut", notes * 24}, {"gap_end", notes * 24 + 384}, {"samples", 3}};
}

}  // namespace

TEST_CASE("Suggestions lie between the cut and the end, one note at a time, in range and scale") {
  MelodySession session;
  Json request = question();
  request["scale"] = {0, 2, 4, 5, 7, 9, 11};
  request["low"] = 55;
  request["high"] = 79;
  for (uint32_t seed = 1; seed < 30; ++seed) {
    const Json answer = ask(session, request, seed);
    REQUIRE(answer["suggestions"].size() == 3);
    for (const Json& suggestion : answer["suggestions"]) {
      int end = 384;
      for (const Json& note : suggestion["notes"]) {
        CHECK(note[0].get<int>() >= end);
        end = note[0].get<int>() + note[1].get<int>();
        CHECK(end <= 768);
        CHECK(note[2].get<int>() >= 55);
        CHECK(note[2].get<int>() <= 79);
        CHECK((0b101010110101 >> note[2].get<int>() % 12 & 1));
      }
    }
  }
}

TEST_CASE("The same seed gives the same answer, another seed another") {
  MelodySession session;
  Json request = question();
  const Json first = ask(session, request), again = ask(session, request);
  CHECK(first == again);
  request["seed"] = 2;
  CHECK(ask(session, request) != first);
}

TEST_CASE("Without an end an answer has sixteen notes and four bars") {
  MelodySession session;
  Json request = question();
  request.erase("gap_end");
  const Json answer = ask(session, request);
  for (const Json& suggestion : answer["suggestions"]) {
    CHECK(suggestion["notes"].size() >= 16);
    CHECK(suggestion["notes"].back()[0].get<int>() >= 768);
  }
}

TEST_CASE("A variation keeps the rhythm and is not the melody itself") {
  MelodySession session;
  Json request = question();
  request["task"] = "vary";
  request["cut"] = 96;
  request["gap_end"] = 288;
  const Json answer = ask(session, request);
  for (const Json& suggestion : answer["suggestions"]) {
    REQUIRE(suggestion["notes"].size() == 8);
    bool same = true;
    for (size_t i = 0; i < 8; ++i) {
      CHECK(suggestion["notes"][i][0] == request["notes"][i + 4][0]);
      CHECK(suggestion["notes"][i][1] == request["notes"][i + 4][1]);
      same = same && suggestion["notes"][i][2] == request["notes"][i + 4][2];
    }
    CHECK_FALSE(same);
  }
}

TEST_CASE("A second voice sounds while the melody does") {
  MelodySession session;
  Json request = question();
  request["task"] = "harmonise";
  request["cut"] = 0;
  request["gap_end"] = 384;
  const Json answer = ask(session, request);
  for (const Json& suggestion : answer["suggestions"]) {
    REQUIRE_FALSE(suggestion["notes"].empty());
    CHECK(suggestion["notes"].back()[0].get<int>() + suggestion["notes"].back()[1].get<int>() <= 384);
  }
}

TEST_CASE("To harmonise gives chords too, and chords alone need no network") {
  MelodySession session;
  Json request = question();
  request["cut"] = 0;
  request["gap_end"] = 384;
  request["task"] = "harmonise";
  for (const bool alone : {false, true}) {
    if (alone) request["task"] = "chords";
    if (alone) {
      REQUIRE(session.begin(request.dump()).ok());
      REQUIRE(session.state() == MelodySession::State::kDone);
    }
    const Json answer = alone ? Json::parse(session.answer()) : ask(session, request);
    REQUIRE(answer["suggestions"].size() == 3);
    for (const Json& suggestion : answer["suggestions"]) {
      int at = 0;
      for (const Json& chord : suggestion["chords"]) {
        CHECK(chord[0].get<int>() == at);
        at += chord[1].get<int>();
        CHECK_FALSE(chord[2].get<std::string>().empty());
      }
      CHECK(at == 384);
    }
  }
}

TEST_CASE("A phrase of the training tunes is not written again") {
  // The network is sure of a tune that the filter knows.
  const int tune[] = {0, 2, 4, 5, 7, 5, 4, 2, 0, 4, 7, 4, 0, 2, 4, 5, 7, 5, 4, 2, 0, 4, 7, 4, 0, 2, 4, 5, 7, 5, 4, 2, 0, 4, 7, 4};
  Melody known;
  for (int i = 0; i < 36; ++i) known.push_back({i * 24, 24, 60 + tune[i]});
  MelodySession session;
  session.data.training = PhraseFilter(16);
  const Tokens tokens = tokens_of(known);
  for (size_t i = 0; i + kPhraseNotes - 1 <= tokens.size(); ++i) session.data.training.add(PhraseFilter::hash(&tokens[i]));
  Json notes = Json::array();
  for (int i = 0; i < 4; ++i) notes.push_back({i * 24, 24, 60 + tune[i]});
  const Json request = {{"notes", notes}, {"key", {{"tonic", "C"}, {"mode", "major"}}}, {"meter", "4/4"}, {"cut", 96}, {"gap_end", 36 * 24}, {"greedy", true}};
  REQUIRE(session.begin(request.dump()).ok());
  for (int i = 4; session.state() != MelodySession::State::kDone; ++i) {
    std::vector<float> gaps(kGapClasses), durations(kDurationClasses), pitches(kPitchClasses);
    gaps[0] = 20;
    durations[24] = 20;
    pitches[size_t(kMiddleDegree + (i < 36 ? tune[i] : 0))] = 20;
    REQUIRE(session.take_gaps(gaps));
    REQUIRE(session.take_durations(durations));
    REQUIRE(session.take_pitches(pitches));
  }
  const Json answer = Json::parse(session.answer());
  CHECK(answer["copies_avoided"].get<int>() > 0);
  int longest = 0, run = 4;
  for (size_t i = 0; i < answer["suggestions"][0]["notes"].size(); ++i) {
    run = answer["suggestions"][0]["notes"][i][2] == 60 + tune[i + 4] ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  CHECK(longest < kPhraseNotes + 8);        // of all phrases one in four is known to the filter
}

TEST_CASE("How likely notes are adds up: all pitches of a place together are certain") {
  MelodySession session;
  double total = 0;
  for (int pitch = 60 - kMiddleDegree; pitch <= 60 + kMiddleDegree; ++pitch) {     // the model's range around middle C
    Json request = question();
    request["key"] = {{"tonic", "C"}, {"mode", "major"}};
    request.erase("gap_end");
    request["truth"] = Json::array({Json::array({384, 24, pitch})});
    REQUIRE(session.begin(request.dump()).ok());
    Random random(7);
    REQUIRE(session.take_gaps(noise(kGapClasses, random)));
    REQUIRE(session.take_durations(noise(kDurationClasses, random)));
    REQUIRE(session.take_pitches(noise(kPitchClasses, random)));
    total += std::exp(-Json::parse(session.answer())["nll_pitch"][0].get<double>());
  }
  CHECK(total == doctest::Approx(1).epsilon(.005));
}

TEST_CASE("Questions that make no sense get a sentence") {
  MelodySession session;
  const auto words = [&](const Json& request) { return ask(session, request).value("error", ""); };
  CHECK(words(Json::array()).find("not a JSON object") != std::string::npos);
  CHECK(words({{"notes", Json::array()}}).find("no notes yet") != std::string::npos);
  CHECK(words({{"notes", {{0, 24}}}}).find("Note 1") != std::string::npos);
  CHECK(words({{"notes", {{0, 0, 60}}}}).find("no length") != std::string::npos);
  CHECK(words({{"notes", {{0, 24, 600}}}}).find("0 to 127") != std::string::npos);
  CHECK(words({{"notes", {{0, 24, 60}}}, {"task", "compose"}}).find("compose") != std::string::npos);
  CHECK(words({{"notes", {{0, 24, 60}}}, {"cut", 96}, {"gap_end", 96}}).find("ends before") != std::string::npos);
  CHECK(words({{"notes", {{0, 24, 60}}}, {"task", "vary"}, {"cut", 96}, {"gap_end", 192}}).find("no notes here") != std::string::npos);
}

TEST_CASE("One note, chords, thousands of notes, odd metres and far keys are answered") {
  MelodySession session;
  Json one = {{"notes", {{0, 24, 60}}}, {"cut", 96}, {"bars", 2}};
  CHECK_FALSE(ask(session, one)["suggestions"][0]["notes"].empty());
  Json chords = {{"notes", {{0, 24, 60}, {0, 24, 64}, {0, 24, 67}, {24, 24, 72}}}, {"bars", 2}};
  CHECK_FALSE(ask(session, chords)["suggestions"][0]["notes"].empty());
  Json many = question(10000);
  CHECK_FALSE(ask(session, many)["suggestions"][0]["notes"].empty());
  Json odd = question();
  odd["meter"] = "7/8";
  odd["bar"] = 84;
  CHECK_FALSE(ask(session, odd)["suggestions"][0]["notes"].empty());
  Json low = {{"notes", {{0, 24, 0}, {24, 24, 1}}}, {"cut", 48}, {"bars", 1}, {"low", 0}, {"high", 10}};
  const Json answer = ask(session, low);
  for (const Json& note : answer["suggestions"][0]["notes"]) CHECK(note[2].get<int>() <= 10);
}
