// Who wrote a note stays with it, wherever the song goes: project, link, JSON and, as text events, MIDI files.
#include <doctest/doctest.h>

#include <map>

#include "song/codec.h"
#include "song/edit.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_author.h"
#include "song/midi_file.h"
#include "tests/support/midi_bytes.h"

using namespace arietta;
using namespace arietta::test;

namespace {

// When, key, who, changed by a person.
using Wrote = std::map<std::pair<Tick, int>, std::pair<std::string, bool>>;

std::string name_of(const Document& song, int number) {
  if (number < 2) return number ? "imported" : "person";
  for (const Id id : song.children(kSongId, Kind::author))
    if (song.find(id)->integer(field::author::number) == number) return std::string(song.find(id)->text(field::author::name));
  return "nobody";
}

Wrote wrote(const Document& song) {
  Wrote all;
  for (const Id track : song.children(kSongId, Kind::track))
    for (const Id clip : song.children(track, Kind::clip))
      for (const Note& n : notes_of(song, clip)) all[{read_clip(song, clip).start + n.start, n.key}] = {name_of(song, n.author), n.edited};
  return all;
}

void apply(Document& document, Ops& ops) {
  for (Op& op : ops) document.apply(std::move(op));
  ops.clear();
}

Id add_author(Document& song, Ops& ops, int number, const char* name) {
  const Id author = add_entity(song, ops, Kind::author, kSongId);
  set_field(ops, author, Kind::author, field::author::number, int64_t(number));
  set_field(ops, author, Kind::author, field::author::name, std::string(name));
  return author;
}

// Two tracks, several clips, written by four authors in turn.
Document many_hands() {
  Document song;
  Ops ops;
  add_author(song, ops, 2, "arietta-melody 1");
  add_author(song, ops, 5, "Zo\xc3\xab");
  for (int t = 0; t < 2; ++t) {
    const Id track = add_track(song, ops, "t", DeviceKind::soundfont);
    for (int c = 0; c < 2; ++c) {
      const Id clip = add_clip(song, ops, track, c * 7680, 7680);
      const int authors[] = {0, 0, 2, 2, 1, 5, 0, 1};
      for (int i = 0; i < 8; ++i)
        add_note(song, ops, {.clip = clip, .start = i * 480, .length = 240, .key = 60 + i + 12 * t, .author = authors[i], .edited = i % 3 == 0 && authors[i] != 0});
    }
  }
  apply(song, ops);
  return song;
}

Document through_midi(const Document& song) {
  auto read = read_midi(write_midi(song), "x.mid");
  REQUIRE(read.ok());
  return std::move(read->songs.at(0));
}

size_t texts(const Document& song) { return song.children(kSongId, Kind::marker).size(); }

}  // namespace

TEST_CASE("authors survive project, link, JSON and MIDI") {
  const Document song = many_hands();
  const Wrote before = wrote(song);
  REQUIRE(before.size() == 32);
  CHECK(before.at({2 * 480, 62}).first == "arietta-melody 1");

  CHECK(wrote(read_project(write_project(song)).value()) == before);
  CHECK(wrote(read_link(make_link(song).value()).value()) == before);
  CHECK(wrote(song_from_json(song_to_json(song)).value()) == before);
  const Document again = through_midi(song);
  CHECK(wrote(again) == before);
  CHECK(texts(again) == 0);              // the marks are no words of the song
  CHECK(write_midi(through_midi(again)) == write_midi(again));
}

TEST_CASE("a file from elsewhere is imported and leaves again without marks") {
  const ByteList file = midi_bytes(1, 960, {TrackBytes().on(0, 60).off(96, 60).end()});
  const Document song = read_midi(file, "x.mid").value().songs.at(0);
  CHECK(wrote(song).begin()->second.first == "imported");
  const ByteList written = write_midi(song);
  CHECK(std::string(written.begin(), written.end()).find("arietta:") == std::string::npos);
}

TEST_CASE("marks about other notes than these are not believed, and texts of others are kept") {
  const auto with_text = [](const std::string& text) {
    const ByteList file = midi_bytes(1, 960, {TrackBytes().meta(0, 1, text.c_str()).on(0, 60).off(96, 60).on(0, 62).off(96, 62).end()});
    return read_midi(file, "x.mid").value().songs.at(0);
  };
  const std::string right = author_mark({{.start = 0, .key = 60, .author = 0}, {.start = 96, .key = 62, .author = 1, .edited = true}});
  CHECK(right.find("1*0 1*1e") != std::string::npos);
  CHECK(wrote(with_text(right)).begin()->second.first == "person");
  CHECK(wrote(with_text(right)).rbegin()->second.second);
  // Of other keys, of another count, by an author without a name.
  for (const std::string& wrong : {author_mark({{.start = 0, .key = 60}, {.start = 96, .key = 63}}), author_mark({{.start = 0, .key = 60}}),
                                   author_mark({{.start = 0, .key = 60, .author = 7}, {.start = 96, .key = 62, .author = 7}})}) {
    for (const auto& [where, who] : wrote(with_text(wrong))) CHECK(who.first == "imported");
    CHECK(texts(with_text(wrong)) == 0);
  }
  for (const char* foreign : {"arietta:author", "arietta:author 2 zz", "arietta:author 2 00000000 3*0", "arietta:author 2 0 2*99999999999999999999",
                              "arietta:author 2 0 0*1 2*0", "arietta:author-name 1 me", "arietta:author-name x", "An arietta by an author"}) {
    CAPTURE(foreign);
    CHECK_FALSE(is_author_mark(foreign));
    CHECK(texts(with_text(foreign)) == 1);
  }
}

TEST_CASE("a program that counts time more coarsely does not lose the authors") {
  // The same notes at 96 ticks a quarter: starts are rounded, keys and their order are not.
  const Document song = many_hands();
  std::string mark;
  std::vector<Note> notes;
  TrackBytes track;
  for (const Id clip : song.children(song.children(kSongId, Kind::track)[0], Kind::clip))
    for (Note n : notes_of(song, clip)) notes.push_back((n.start += read_clip(song, clip).start, n));
  mark = author_mark(notes);
  track.meta(0, 1, "arietta:author-name 2 arietta-melody 1").meta(0, 1, "arietta:author-name 5 Z").meta(0, 1, mark.c_str());
  for (size_t i = 0; i < notes.size(); ++i) track.on(i == 0 ? 0 : 24, uint8_t(notes[i].key)).off(24, uint8_t(notes[i].key));
  const Document coarse = read_midi(midi_bytes(1, 96, {track.end()}), "x.mid").value().songs.at(0);
  int by_model = 0;
  for (const auto& [where, who] : wrote(coarse)) by_model += who.first == "arietta-melody 1";
  CHECK(by_model == 4);
}
