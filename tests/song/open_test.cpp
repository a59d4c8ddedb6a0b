#include <doctest/doctest.h>

#include "song/codec.h"
#include "song/defaults.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_file.h"
#include "song/open.h"
#include "tests/fuzz/seeds_midi.h"
#include "tests/support/midi_bytes.h"

using namespace arietta;
using namespace arietta::test;

namespace {

ByteList bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

void opens_as(const ByteList& bytes, std::string_view format, uint64_t hash) {
  const auto opened = open_song(bytes, "a file with any name.dat", 7);
  if (!opened.ok()) FAIL(opened.error().message);
  CHECK(opened.value().format == format);
  REQUIRE(opened.value().songs.size() == 1);
  CHECK(opened.value().songs[0].content_hash() == hash);
  CHECK(opened.value().songs[0].actor() == 7);
}

std::string refusal(const ByteList& bytes, std::string_view name) {
  const auto opened = open_song(bytes, name);
  REQUIRE_FALSE(opened.ok());
  return opened.error().message;
}

bool says(const std::string& sentence, std::string_view words) { return sentence.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a song opens from each of its forms, whatever the file is called") {
  const Document song = starter_song();
  opens_as(write_project(song), "project", song.content_hash());
  opens_as(bytes_of(song_to_json(song)), "json", song.content_hash());
  opens_as(bytes_of("\xef\xbb\xbf\n  " + song_to_json(song, true) + "\n"), "json", song.content_hash());
  const std::string link = make_link(song).value();
  opens_as(bytes_of(link), "link", song.content_hash());
  opens_as(bytes_of("https://example.org/studio/" + link + "\n"), "link", song.content_hash());
}

TEST_CASE("MIDI files open with their warnings, also inside RIFF") {
  const ByteList midi = midi_bytes(1, 96, {TrackBytes().on(0, 60).end(96)});
  ByteList riff;
  append(riff, "RMID");
  append(riff, chunk("data", midi));
  for (const ByteList& file : {midi, chunk("RIFF", riff)}) {
    const auto opened = open_song(file, "x");
    REQUIRE(opened.ok());
    CHECK(opened.value().format == "midi");
    CHECK(opened.value().warnings.size() == 1);
  }
}

TEST_CASE("files that are no songs are refused with what to do instead") {
  CHECK(says(refusal(bytes_of("RIFF\1\2\3\4sfbkLIST"), "piano.sf2"), "SoundFont"));
  CHECK(says(refusal(bytes_of("RIFF\1\2\3\4WAVEfmt "), "take.wav"), "sound recording"));
  CHECK(says(refusal(bytes_of("OggS......"), "take.ogg"), "sound recording"));
  CHECK(says(refusal(bytes_of("PK\3\4......"), "songs.zip"), "zip"));
  CHECK(refusal({}, "nothing.mid") == "This file is empty.");
  CHECK(says(refusal(bytes_of("Dear diary"), "diary.txt"), "\"diary.txt\" is not a song"));
}

TEST_CASE("a damaged song of any form gives a sentence, and never a crash") {
  const Document song = starter_song();
  for (ByteList bytes : {write_project(song), bytes_of(make_link(song).value()), bytes_of(song_to_json(song))}) {
    for (size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
      const auto opened = open_song(Bytes(bytes).first(size), "cut");
      CHECK_FALSE(opened.ok());
      CHECK_FALSE(opened.error().message.empty());
    }
  }
}
