#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "song/codec.h"
#include "song/codec_stream.h"
#include "song/crc32.h"
#include "song/ranges.h"
#include "tests/song/link_corpus.h"
#include "tests/song/strange_song.h"
#include "tests/support/song_builder.h"
#include "tests/support/why.h"

using namespace arietta;

namespace {

// The same music as another person's program would hold it: other ids, other order of making, dead things in between.
Document retold(const Document& song, uint32_t seed) {
  std::mt19937 random(seed);
  Document again(77);
  std::vector<Id> ids = song.all_ids();
  std::shuffle(ids.begin(), ids.end(), random);
  std::unordered_map<Id, Id> renamed = {{kSongId, kSongId}};
  for (const Id id : ids) {
    const Id ghost = again.new_id();
    again.apply({ghost, Kind::marker, field::alive, int64_t(random() % 2)});
    if (id != kSongId) renamed[id] = again.new_id();
  }
  for (const Id id : ids) {
    const Entity& entity = *song.find(id);
    for (Field field : entity.fields) {
      if (field.key == field::parent) field.value = int64_t(renamed[entity.parent()]);
      again.apply({renamed[id], entity.kind, field.key, field.value});
    }
  }
  return again;
}

Result<Document> open_short(const Document& song) {
  const Stream stream = write_stream(table_of(song), Writing::kShort);
  const auto table = read_stream(stream.bytes, stream.coded, kMaxSongEntities);
  if (!table) return table.error();
  return document_of(table.value(), 1, SIZE_MAX);
}

}  // namespace

TEST_CASE("a song survives its bytes, whatever is in it, kinds and fields of later programs too") {
  size_t unknown = 0;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    const Document song = test::StrangeSong::make(seed, int(seed) * 5);
    for (const Id id : song.all_ids()) unknown += !find_kind(song.find(id)->kind);
    const auto bytes = encode_song(song);
    const auto again = decode_song(bytes);
    REQUIRE_MESSAGE(again.ok(), why(again));
    CHECK(again.value().content_hash() == song.content_hash());
    CHECK(encode_song(again.value()) == bytes);
    const auto from_short = open_short(song);
    REQUIRE_MESSAGE(from_short.ok(), why(from_short));
    CHECK(from_short.value().content_hash() == song.content_hash());
  }
  CHECK(unknown > 100);      // or this test says nothing about them
}

TEST_CASE("equal songs have equal bytes, whoever made them and in whatever order") {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    const Document song = decode_song(encode_song(test::StrangeSong::make(seed, 150))).value();
    const Document other = retold(song, seed);
    CHECK(other.content_hash() == song.content_hash());
    CHECK(encode_song(other) == encode_song(song));
    CHECK(write_stream(table_of(other), Writing::kShort).bytes == write_stream(table_of(song), Writing::kShort).bytes);
  }
}

TEST_CASE("two people who open the same bytes have the same ids, and can edit together") {
  const auto bytes = encode_song(test::CorpusSong::make(1, 64));
  const Document mine = decode_song(bytes, 5).value(), yours = decode_song(bytes, 6).value();
  CHECK(mine.all_ids() == yours.all_ids());
}

TEST_CASE("what the bytes leave out does not matter, what they hold does") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  const Id note = song.note(60, 0, 480);
  const auto bytes = encode_song(song.document);
  const Id ghost = song.note(61, 0, 480);
  song.set(ghost, Kind::note, field::alive, int64_t(0));
  song.set(note, Kind::note, field::note::velocity, int64_t(100));     // the default, said aloud
  CHECK(encode_song(song.document) == bytes);
  song.set(note, Kind::note, field::note::velocity, int64_t(99));
  CHECK(encode_song(song.document) != bytes);
}

TEST_CASE("a big song is a short file, and opens") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  Ops ops;
  for (int i = 0; i < 100'000; ++i) {
    Note note;
    note.clip = song.last_clip();
    note.start = i / 4 * 60;
    note.key = 40 + i * 7 % 40;
    note.velocity = 60 + i * 13 % 60;
    add_note(song.document, ops, note);
  }
  song.apply(ops);
  const auto bytes = encode_song(song.document);
  CHECK(bytes.size() < 4 * 100'000);
  const auto again = decode_song(bytes);
  REQUIRE(again.ok());
  CHECK(again.value().content_hash() == song.document.content_hash());
}

TEST_CASE("numbers at the ends of their ranges survive") {
  Document song;
  std::vector<Value> values;
  for (const int64_t v : {INT64_MIN, INT64_MIN + 1, int64_t(-1), int64_t(0), int64_t(1), INT64_MAX - 1, INT64_MAX}) values.push_back(v);
  for (const double v : {1e300, -1e-300, 0.1, double(0.1f), 4.15, 123456789.25, -0.005, 5e-324}) values.push_back(v);
  for (size_t i = 0; i < 60; ++i) {
    const Id id = song.new_id();
    song.apply({id, Kind(70), field::alive, int64_t(1)});
    song.apply({id, Kind(70), field::parent, int64_t(kSongId)});
    for (FieldKey key = 2; key < 6; ++key) song.apply({id, Kind(70), key, values[(i * (key + 1)) % values.size()]});
  }
  for (const Writing writing : {Writing::kPlain, Writing::kShort}) {
    const Stream stream = write_stream(table_of(song), writing);
    const auto table = read_stream(stream.bytes, stream.coded, 1000);
    REQUIRE(table.ok());
    CHECK(document_of(table.value(), 1, SIZE_MAX).value().content_hash() == song.content_hash());
  }
}

TEST_CASE("thousands of things that are all alike open again, though they are only a few bytes") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  Ops ops;
  for (int i = 0; i < 30'000; ++i) {
    Note note;
    note.clip = song.last_clip();
    add_note(song.document, ops, note);
  }
  song.apply(ops);
  const auto again = decode_song(encode_song(song.document));
  REQUIRE_MESSAGE(again.ok(), why(again));
  CHECK(again.value().content_hash() == song.document.content_hash());
}

TEST_CASE("a few bytes cannot ask for a lot of memory") {
  // One clip in one track, in it "900,000 notes", all alike: true in form, but not paid for in bytes.
  ByteWriter out;
  out.raw(std::vector<uint8_t>{kSongVersion, 0});
  for (const Kind kind : {Kind::track, Kind::clip}) {
    out.varint(uint64_t(kind) << 2 | 2);
    out.u8(0);
  }
  out.varint(uint64_t(Kind::note) << 2);
  out.u8(uint8_t(Form::same));
  out.svarint(900'000);
  out.raw(std::vector<uint8_t>{0, 0});
  const auto opened = decode_song(out.bytes());
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().message.find("more in it than its") != std::string::npos);

  const auto tiny = read_stream(encode_song(test::CorpusSong::make(1, 512)), 0, 100);
  REQUIRE_FALSE(tiny.ok());
  CHECK(tiny.error().message == "This song is too big: it has more than 100 parts.");
}

TEST_CASE("a few bytes cannot ask for a lot of time") {
  // 90,000 notes with eight columns of numbers that get longer and longer, in a coded part of zeros.
  ByteWriter out;
  out.raw(std::vector<uint8_t>{kSongVersion, 0});
  for (const Kind kind : {Kind::track, Kind::clip}) {
    out.varint(uint64_t(kind) << 2 | 2);
    out.u8(0);
  }
  out.varint(uint64_t(Kind::note) << 2);
  out.u8(uint8_t(Form::same));
  out.svarint(90'000);
  for (FieldKey key = 2; key < 10; ++key) {
    out.varint(uint64_t(key) << 4 | uint64_t(Form::coded));
    out.u8(uint8_t(Form::signed_));
    out.varint(1);
  }
  out.raw(std::vector<uint8_t>(2 + 24'000));
  const auto table = read_stream(out.bytes(), 24'000, 100'000);
  REQUIRE_FALSE(table.ok());
  CHECK(table.error().message.find("cannot be read") != std::string::npos);
}

TEST_CASE("a project file that is cut off or changed anywhere says so") {
  const Document song = test::StrangeSong::make(4, 40);
  const auto file = write_project(song);
  const auto whole = read_project(file);
  REQUIRE(whole.ok());
  CHECK(whole.value().content_hash() == song.content_hash());
  for (size_t size = 0; size < file.size(); ++size) {
    const auto cut = read_project(Bytes(file).first(size));
    REQUIRE_FALSE(cut.ok());
    if (size >= 16) CHECK(cut.error().message.find("cut off") != std::string::npos);
  }
  for (size_t bit = 0; bit < file.size() * 8; ++bit) {
    auto changed = file;
    changed[bit / 8] ^= uint8_t(1 << bit % 8);
    CHECK_FALSE(read_project(changed).ok());
  }
  auto longer = file;
  longer.push_back(0);
  CHECK(read_project(longer).error().message == "This project file has 1 bytes too many at its end.");
}

TEST_CASE("error sentences of project files name what is wrong") {
  auto file = write_project(test::CorpusSong::make(2, 512));
  CHECK(read_project(Bytes(file).first(1000)).error().message ==
        "This project file is cut off: it says it has " + std::string("2,") + std::to_string(file.size() % 1000) +
            " bytes, but only 1,000 are there.");
  file[20] ^= 1;
  CHECK(read_project(file).error().message == "This project file is damaged: its checksum does not match what is in it.");
  file[7] = 2;
  CHECK(read_project(file).error().message == "This project file needs a newer Arietta: it has format 2, and this one reads up to 1.");
  CHECK(read_project(std::vector<uint8_t>{'M', 'T', 'h', 'd'}).error().message == "This is not an Arietta project file.");
}

TEST_CASE("bytes with any bit turned are refused with a sentence, or open as a song that can be written") {
  for (const Writing writing : {Writing::kPlain, Writing::kShort}) {
    const Stream stream = write_stream(table_of(test::StrangeSong::make(7, 60)), writing);
    const auto open = [&](Bytes bytes) -> Result<Document> {
      const auto table = read_stream(bytes, stream.coded, kMaxSongEntities);
      if (!table) return table.error();
      return document_of(table.value(), 1, SIZE_MAX);
    };
    const std::vector<uint8_t>& bytes = stream.bytes;
    size_t refused = 0;
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      auto changed = bytes;
      changed[bit / 8] ^= uint8_t(1 << bit % 8);
      const auto opened = open(changed);
      if (opened.ok()) {
        const auto again = decode_song(encode_song(opened.value()));
        REQUIRE(again.ok());
        CHECK(again.value().content_hash() == opened.value().content_hash());
      } else {
        ++refused;
        CHECK_FALSE(opened.error().message.empty());
      }
    }
    CHECK(refused > bytes.size());
    for (size_t size = 0; size + 1 < bytes.size(); size += 3) {
      const auto cut = open(Bytes(bytes).first(size));
      if (!cut.ok()) CHECK_FALSE(cut.error().message.empty());
    }
  }
}

TEST_CASE("errors inside a song name the field") {
  // A song with a title of the wrong type, and one whose title is missing.
  CHECK(decode_song(std::vector<uint8_t>{1, 2 << 4 | int(Form::same), 0, 0, 0}).error().message ==
        "This song says something that cannot be: a value of the songs' title is not of the right type.");
  CHECK(decode_song(std::vector<uint8_t>{1, 2 << 4 | int(Form::text), 9, 'a'}).error().message ==
        "This song is damaged: the songs' title, from byte 1 on, cannot be read.");
  CHECK(decode_song(std::vector<uint8_t>{2, 0, 0}).error().message ==
        "This song needs a newer Arietta: it has format 2, and this one reads up to 1.");
  CHECK_FALSE(decode_song({}).ok());
}

TEST_CASE("the checksum is the one everybody uses") {
  const std::string_view check = "123456789";
  CHECK(crc32({reinterpret_cast<const uint8_t*>(check.data()), check.size()}) == 0xcbf43926);
}
