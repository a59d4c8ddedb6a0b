#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "song/codec.h"
#include "song/json.h"
#include "tests/song/link_corpus.h"
#include "tests/song/strange_song.h"
#include "tests/support/song_builder.h"
#include "tests/support/why.h"

using namespace arietta;

TEST_CASE("a song survives its JSON, unknown kinds and fields too") {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    const Document song = test::StrangeSong::make(seed, int(seed) * 6);
    for (const bool pretty : {false, true}) {
      const auto again = song_from_json(song_to_json(song, pretty));
      REQUIRE_MESSAGE(again.ok(), why(again));
      CHECK(again.value().content_hash() == song.content_hash());
      CHECK(encode_song(again.value()) == encode_song(song));
    }
  }
}

TEST_CASE("JSON says what a person looks for, by the schema's names") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  song.note(60, 480, 240, 100);
  song.set(kSongId, Kind::song, field::song::title, std::string("Lullaby"));
  song.param(strip_of(song.document, song.last_track())->id, param::strip::gain_db, -4.2f);
  const auto json = nlohmann::json::parse(song_to_json(song.document));
  CHECK(json["arietta"] == 1);
  CHECK(json["title"] == "Lullaby");
  const auto& note = json["tracks"][0]["clips"][0]["notes"][0];
  CHECK(note["start"] == 480);
  CHECK(note["length"] == 240);       // the default, but everybody wants to know
  CHECK(note["key"] == 60);
  CHECK(note["velocity"] == 100);
  CHECK_FALSE(note.contains("tuning_cents"));
  CHECK(song_to_json(song.document).find("\"plain\":-4.2}") != std::string::npos);   // not -4.199999809
}

TEST_CASE("JSON written by hand opens: defaults may be missing, remarks are passed over") {
  const auto song = song_from_json(R"({"arietta": 1, "title": "Hand", "remark": ["x"],
      "tracks": [{"name": "b", "order": "zz"}, {"name": "a", "clips": [{"length": 960, "notes": [{"key": 64.0}, {}]}]}]})");
  REQUIRE_MESSAGE(song.ok(), why(song));
  const Document& document = song.value();
  const auto& tracks = document.children(kSongId, Kind::track);
  REQUIRE(tracks.size() == 2);
  CHECK(document.find(tracks[0])->text(field::track::name) == "b");
  const auto notes = notes_of(document, document.children(tracks[1], Kind::clip)[0]);
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].key == 60);
  CHECK(notes[1].key == 64);
}

TEST_CASE("JSON that is broken says where") {
  const auto message = [](std::string_view text) { return song_from_json(text).error().message; };
  CHECK(message("") == "This is not whole JSON: it breaks at character 1.");
  CHECK(message("{\"arietta\": 1, \"tracks\": [") == "This is not whole JSON: it breaks at character 27.");
  CHECK(message("[1, 2]").find("not an Arietta song") != std::string::npos);
  CHECK(message("{\"arietta\": 3}") == "This song's JSON needs a newer Arietta: it has format 3, and this one reads up to 1.");
  CHECK(message("{\"arietta\": 1, \"title\": 5}") == "This song's JSON has a value that cannot be in title.");
  CHECK(message("{\"arietta\": 1, \"tracks\": [{}, {\"clips\": [{\"notes\": [{\"key\": \"C\"}]}]}]}") ==
        "This song's JSON has a value that cannot be in tracks[1].clips[0].notes[0].key.");
  CHECK(message("{\"arietta\": 1, \"tracks\": {}}") == "This song's JSON should have a list in tracks.");
  CHECK(message("{\"arietta\": 1, \"others\": [{}]}") == "This song's JSON does not say what kind of thing is in others[0].");
  CHECK(message("{\"arietta\": 1, \"unknown\": {\"2\": 5}}").find("\"2\"") != std::string::npos);
  CHECK(message("{\"arietta\":1,\"x\":" + std::string(100'000, '[') + "}") == "This song's JSON is nested too deeply.");
}

TEST_CASE("JSON cut off anywhere is refused with a sentence") {
  const std::string text = song_to_json(test::CorpusSong::make(1, 16));
  for (size_t size = 0; size < text.size(); size += 7) {
    const auto cut = song_from_json(std::string_view(text).substr(0, size));
    REQUIRE_FALSE(cut.ok());
    CHECK_FALSE(cut.error().message.empty());
  }
}
