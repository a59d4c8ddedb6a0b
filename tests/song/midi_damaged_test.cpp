// MIDI files that are cut off, broken or hostile: opened as far as they go, or refused in plain words.
#include "song/midi_parse.h"
#include "tests/fuzz/seeds_midi.h"
#include "tests/support/midi_import.h"

using namespace arietta;
using namespace arietta::test;

TEST_CASE("a cut-off file opens with what is there and says what is missing") {
  TrackBytes long_track;
  for (int i = 0; i < 100; ++i) long_track.on(10, 60).off(10, 60);
  ByteList file = midi_bytes(1, 96, {TrackBytes().end(), long_track.end()});
  file.resize(file.size() - 404);
  const MidiImport midi = import(file);
  REQUIRE(midi.warnings.size() == 1);
  CHECK(midi.warnings[0] == "This MIDI file is cut off: track 2 says it has 804 bytes, but only 400 are left. What was there has "
                            "been opened.");
  CHECK(notes_in(midi.songs[0]).size() == 50);
}

TEST_CASE("a track that does not know its length is read to its end mark") {
  ByteList file = midi_header(1, 2, 96);
  for (const int key : {60, 62}) {
    append(file, "MTrk");
    append_be(file, key == 60 ? 0 : 0xffffffff, 4);
    append(file, TrackBytes().on(0, key).off(96, key).end().bytes());
  }
  const MidiImport midi = import(file);
  CHECK(tracks_of(midi.songs[0]).size() == 2);
  CHECK(midi.warnings.empty());
}

TEST_CASE("what is no MIDI file is refused in plain words") {
  const auto refusal = [](ByteList bytes) {
    const auto result = read_midi(bytes, "x.mid");
    REQUIRE_FALSE(result.ok());
    return result.error().message;
  };
  CHECK(refusal({}) == "This file is empty.");
  CHECK(refusal(ByteList(5000, 'x')).find("not a MIDI file") != std::string::npos);
  CHECK(refusal({'M', 'T', 'h', 'd', 0, 0}).find("cut off inside its header") != std::string::npos);
  CHECK(refusal(midi_header(1, 3, 96)).find("no track") != std::string::npos);
}

TEST_CASE("a file without notes still opens, with a track to write on") {
  const MidiImport midi = import(midi_bytes(1, 96, {TrackBytes().tempo(0, 700'000).end()}));
  CHECK(tracks_of(midi.songs[0]).size() == 1);
  CHECK(song_length(midi.songs[0]) == 4 * 3840);
  CHECK(any_says(midi.warnings, "no notes"));
}

TEST_CASE("hostile: too many events are refused, too many parts are left out, endless time is cut") {
  TrackBytes many;
  for (size_t i = 0; i <= kMaxMidiEvents; ++i) many.raw({0, 0x90, 60, 1});
  const auto refused = read_midi(midi_bytes(0, 96, {many}), "x.mid");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("more than 400,000") != std::string::npos);

  std::vector<TrackBytes> crowd;
  for (int i = 0; i < 144; ++i) {
    crowd.push_back(TrackBytes().on(0, 60).off(96, 60));
    if (i == 140) crowd.back().on(0, 99).off(96, 99);
    crowd.back().end();
  }
  const MidiImport crowded = import(midi_bytes(1, 96, crowd));
  CHECK(tracks_of(crowded.songs[0]).size() == 128);
  CHECK(any_says(crowded.warnings, "16 parts with the fewest notes"));
  const Id last = tracks_of(crowded.songs[0]).back();
  CHECK(notes_of(crowded.songs[0], crowded.songs[0].children(last, Kind::clip)[0]).size() == 2);   // the busiest stays

  TrackBytes endless;
  for (int i = 0; i < 100; ++i) endless.on(0x0fffffff, 60).off(0x0fffffff, 60);
  const MidiImport cut = import(midi_bytes(0, 1, {endless.end()}));
  CHECK(song_length(cut.songs[0]) <= Tick(1) << 31);
  CHECK(any_says(cut.warnings, "longer than Arietta can count"));
}

TEST_CASE("hostile: many tracks on one busy channel do not multiply its events without end") {
  TrackBytes busy;
  for (int i = 0; i < 100'000; ++i) busy.controller(1, 1, i & 127, 2);
  std::vector<TrackBytes> tracks{busy.end()};
  for (int i = 0; i < 128; ++i) tracks.push_back(TrackBytes().on(0, 60, 90, 2).off(100'000, 60, 2).end());
  const MidiImport midi = import(midi_bytes(1, 960, tracks));
  CHECK(midi.songs[0].entity_count() < kMaxMidiEvents + 10'000);
  CHECK(any_says(midi.warnings, "Some were left out"));
}

TEST_CASE("every seed, cut anywhere or with any byte changed, opens or is refused, and never crashes") {
  size_t opened = 0;
  for (const ByteList& seed : midi_seeds()) {
    if (seed.size() > 2000) continue;
    for (size_t size = 0; size < seed.size(); ++size) {
      const auto result = read_midi(Bytes(seed).first(size), "cut.mid");
      if (!result) CHECK_FALSE(result.error().message.empty());
      else opened += result->songs.size();
    }
    ByteList damaged = seed;
    for (size_t i = 0; i < seed.size(); ++i) {
      damaged[i] ^= uint8_t(0x80 | i * 37);
      const auto result = read_midi(damaged, "damaged.mid");
      if (result) CHECK_FALSE(result->songs.empty());
      damaged[i] = seed[i];
    }
  }
  CHECK(opened > 0);
}
