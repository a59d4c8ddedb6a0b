#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "song/fractional.h"
#include "song/ranges.h"
#include "tests/song/strange_song.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

Op alive(Id id, Kind kind, bool yes) { return {id, kind, field::alive, int64_t(yes)}; }

// Notes of a clip as a sort from scratch gives them.
std::vector<Id> sorted_notes(const Document& song, Id clip) {
  std::vector<Id> notes;
  for (const Id id : song.all_ids()) {
    const Entity& entity = *song.find(id);
    if (entity.kind == Kind::note && entity.alive() && entity.parent() == clip) notes.push_back(id);
  }
  const auto place = [&](Id id) {
    const Entity& e = *song.find(id);
    return std::make_tuple(e.integer(field::note::start), e.integer(field::note::key), id);
  };
  std::sort(notes.begin(), notes.end(), [&](Id a, Id b) { return place(a) < place(b); });
  return notes;
}

}  // namespace

TEST_CASE("an op and its inverse leave the song as it was") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  const Id note = song.note(60, 0, 480);
  const uint64_t before = song.document.content_hash();
  for (const Op& op : {Op{note, Kind::note, field::note::start, int64_t(960)}, Op{note, Kind::note, field::note::key, int64_t(72)},
                       Op{note, Kind::note, field::note::author, int64_t(2)}, alive(note, Kind::note, false),
                       Op{song.last_clip(), Kind::clip, field::parent, int64_t(kSongId)},
                       Op{note, Kind::note, FieldKey(50), std::string("unknown")}}) {
    Op inverse;
    REQUIRE(song.document.apply(op, &inverse));
    CHECK(song.document.content_hash() != before);
    REQUIRE(song.document.apply(inverse));
    CHECK(song.document.content_hash() == before);
  }
}

TEST_CASE("what hangs on something deleted is not there, and comes back with it") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  const Id clip = song.last_clip();
  song.note(60, 0, 480);
  const uint64_t before = song.document.content_hash();
  song.document.apply(alive(track, Kind::track, false));
  CHECK(song.document.children(kSongId, Kind::track).empty());
  CHECK(song.document.children(track, Kind::clip).empty());
  CHECK(song.document.children(clip, Kind::note).empty());
  CHECK(song.document.content_hash(clip) == 0);
  song.document.apply(alive(track, Kind::track, true));
  CHECK(song.document.children(clip, Kind::note).size() == 1);
  CHECK(song.document.content_hash() == before);
}

TEST_CASE("notes stay sorted through any number of moves, however many move at once") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  const Id clip = song.last_clip();
  std::vector<Id> notes;
  for (int i = 0; i < 400; ++i) notes.push_back(song.note(40 + i * 7 % 50, i * 31 % 97 * 10, 10));
  std::mt19937 random(3);
  for (const int moved : {1, 1, 2, 5, 16, 17, 40, 400, 1, 3}) {
    for (int i = 0; i < moved; ++i) {
      const Id note = notes[random() % notes.size()];
      const FieldKey key = random() % 2 ? field::note::start : field::note::key;
      song.document.apply({note, Kind::note, key, int64_t(random() % 120)});
      if (random() % 5 == 0) song.document.apply(alive(note, Kind::note, random() % 2));
    }
    CHECK(song.document.children(clip, Kind::note) == sorted_notes(song.document, clip));
  }
}

TEST_CASE("people who hear of the same edits in any order have the same song") {
  for (uint32_t seed = 0; seed < 12; ++seed) {
    // Three people edit copies of one song without hearing of each other; then everybody hears of everything.
    const Document start = test::StrangeSong::make(seed, 40, 0);
    const std::vector<Id> known = start.all_ids();
    std::mt19937 random(seed);
    Ops ops;
    for (uint32_t actor = 1; actor <= 3; ++actor) {
      Document mine = start;
      mine.set_actor(actor);
      for (int i = 0; i < 120; ++i) {
        const bool fresh = random() % 6 == 0;
        const Id id = fresh ? mine.new_id() : known[random() % known.size()];
        const Kind kind = fresh ? Kind::note : mine.find(id)->kind;
        Op op{id, kind, FieldKey(random() % 6), int64_t(random() % 9)};
        if (op.field == field::alive) op.value = int64_t(random() % 4 > 0);
        if (op.field == field::parent) op.value = int64_t(known[random() % known.size()]);
        op.stamp = make_stamp(1000 + uint64_t(i), actor);
        mine.apply(op);
        ops.push_back(op);
      }
    }
    uint64_t hash = 0;
    for (int listener = 0; listener < 4; ++listener) {
      Document document = start;
      std::shuffle(ops.begin(), ops.end(), random);
      for (const Op& op : ops) document.apply(op);
      for (size_t again = 0; again < ops.size(); again += 7) document.apply(ops[again]);   // the network repeats itself
      if (listener == 0) hash = document.content_hash();
      CHECK(document.content_hash() == hash);
    }
    CHECK(hash != start.content_hash());
  }
}

TEST_CASE("ops that make no sense change nothing") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  const Id note = song.note(60, 0, 480);
  const uint64_t before = song.document.content_hash();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Op& op : {Op{0, Kind::note, 2, int64_t(1)}, Op{note, Kind::none, 2, int64_t(1)}, Op{note, Kind::song, 2, std::string("x")},
                       Op{kSongId, Kind::song, field::alive, int64_t(0)}, Op{kSongId, Kind::song, field::parent, int64_t(note)},
                       Op{kSongId, Kind::note, field::note::key, int64_t(3)}, Op{note, Kind::note, field::note::key, std::string("C")},
                       Op{note, Kind::note, field::note::key, nan}, Op{note, Kind::note, field::parent, std::string("up")},
                       Op{note, Kind::note, 60, nan}, Op{note, Kind::clip, field::clip::length, int64_t(7)},
                       Op{note, Kind::note, field::note::key, int64_t(3), ~Stamp(0)}})
    CHECK_FALSE(song.document.apply(op));
  CHECK(song.document.content_hash() == before);
}

TEST_CASE("values are brought into range, whoever sends them") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  const Id note = song.note(60, 0, 480);
  const auto set_and_get = [&](FieldKey key, Value value) {
    song.document.apply({note, Kind::note, key, std::move(value)});
    return song.document.find(note)->integer(key);
  };
  CHECK(set_and_get(field::note::key, int64_t(500)) == 127);
  CHECK(set_and_get(field::note::velocity, int64_t(-4)) == 1);
  CHECK(set_and_get(field::note::start, INT64_MIN) == 0);
  CHECK(set_and_get(field::note::length, INT64_MAX) == kMaxTick);
  CHECK(set_and_get(field::note::length, 479.6) == 480);
  song.document.apply({song.last_track(), Kind::track, field::track::name, std::string("a\xff\xc3 \xed\xa0\x80z")});
  CHECK(song.document.find(song.last_track())->text(field::track::name) ==
        "a\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
}

TEST_CASE("parents in a circle, and a ladder without end, are not part of the song") {
  Document document;
  Id above = kSongId;
  for (int i = 0; i < 100'000; ++i) {
    const Id id = document.new_id();
    document.apply(alive(id, Kind(50), true));
    document.apply({id, Kind(50), field::parent, int64_t(above)});
    above = id;
  }
  const Id a = document.new_id(), b = document.new_id();
  for (const Id id : {a, b}) {
    document.apply(alive(id, Kind::clip, true));
    document.apply({id, Kind::clip, field::parent, int64_t(id == a ? b : a)});
  }
  CHECK(document.children(a, Kind::clip).empty());
  CHECK(document.content_hash(a) == 0);
  CHECK(document.content_hash(above) == 0);
  CHECK(document.content_hash() != Document().content_hash());
}

TEST_CASE("there is always room for one more track between two") {
  std::mt19937 random(5);
  std::vector<std::string> keys = {order_key(0, 2), order_key(1, 2)};
  for (int i = 0; i < 500; ++i) {
    const size_t at = i % 3 == 0 ? 1 : random() % (keys.size() + 1);
    const std::string key = key_between(at ? keys[at - 1] : "", at < keys.size() ? keys[at] : "");
    if (at > 0) CHECK(key > keys[at - 1]);
    if (at < keys.size()) CHECK(key < keys[at]);
    keys.insert(keys.begin() + long(at), key);
  }
  CHECK(key_between("b", "a") > "b");
  CHECK(key_between("a", "a0") > "a");
  CHECK(key_between("\xff!", "") > "\xff!");
  std::vector<std::string> many;
  for (size_t i = 0; i < 5000; ++i) many.push_back(order_key(i, 5000));
  CHECK(std::is_sorted(many.begin(), many.end()));
  CHECK(std::adjacent_find(many.begin(), many.end()) == many.end());
}
