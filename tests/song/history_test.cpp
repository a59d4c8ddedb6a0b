#include <doctest/doctest.h>

#include "song/history.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

struct Desk {
  SongBuilder song;
  Document& document = song.document;
  History history{document};
  Id note = 0;

  Desk() {
    song.track(DeviceKind::poly_synth);
    note = song.note(60, 0, 480);
  }
  Ops move(Tick start) const { return {{note, Kind::note, field::note::start, int64_t(start)}}; }
  Tick start() const { return document.find(note)->integer(field::note::start); }
};

}  // namespace

TEST_CASE("undo and redo walk through the same songs, back and forth") {
  Desk desk;
  std::vector<uint64_t> hashes = {desk.document.content_hash()};
  for (int i = 1; i <= 5; ++i) {
    Ops ops = desk.move(i * 100);
    if (i == 3) remove(ops, desk.song.last_clip(), Kind::clip);
    if (i == 4) set_field(ops, desk.song.last_clip(), Kind::clip, field::alive, int64_t(1));
    desk.history.apply(ops, "Step " + std::to_string(i));
    hashes.push_back(desk.document.content_hash());
  }
  CHECK(desk.history.undo_label() == "Step 5");
  for (int round = 0; round < 2; ++round) {
    for (int i = 5; i-- > 0;) {
      REQUIRE(desk.history.undo());
      CHECK(desk.document.content_hash() == hashes[size_t(i)]);
    }
    CHECK_FALSE(desk.history.undo());
    CHECK(desk.history.redo_label() == "Step 1");
    for (size_t i = 1; i <= 5; ++i) {
      REQUIRE(desk.history.redo());
      CHECK(desk.document.content_hash() == hashes[i]);
    }
    CHECK_FALSE(desk.history.redo());
  }
}

TEST_CASE("one drag is one step, and cannot be undone in the middle") {
  Desk desk;
  desk.history.begin("Move 1 note");
  for (int i = 1; i < 200; ++i) desk.history.apply(desk.move(i), "a bit");
  CHECK_FALSE(desk.history.can_undo());
  CHECK_FALSE(desk.history.undo());
  desk.history.end();
  CHECK(desk.history.undo_label() == "Move 1 note");
  REQUIRE(desk.history.undo());
  CHECK(desk.start() == 0);
  CHECK_FALSE(desk.history.can_undo());
  REQUIRE(desk.history.redo());
  CHECK(desk.start() == 199);
}

TEST_CASE("a new edit forgets what could be redone; an edit that changes nothing is no step") {
  Desk desk;
  desk.history.apply(desk.move(100), "one");
  desk.history.undo();
  desk.history.apply(desk.move(0), "nothing");
  CHECK(desk.history.can_redo());
  CHECK_FALSE(desk.history.can_undo());
  desk.history.apply(desk.move(200), "two");
  CHECK_FALSE(desk.history.can_redo());
}

TEST_CASE("undo leaves alone what somebody else changed since") {
  Desk desk;
  Ops ops = desk.move(100);
  ops.push_back({desk.note, Kind::note, field::note::key, int64_t(72)});
  desk.history.apply(ops, "mine");
  desk.document.apply({desk.note, Kind::note, field::note::key, int64_t(50), make_stamp(1'000'000, 9)});
  REQUIRE(desk.history.undo());
  CHECK(desk.start() == 0);
  CHECK(desk.document.find(desk.note)->integer(field::note::key) == 50);
}

TEST_CASE("taking back a note that somebody else moved takes it back") {
  Desk desk;
  Ops ops;
  Note note = read_note(desk.document, desk.note);
  note.key = 64;
  const Id added = add_note(desk.document, ops, note);
  desk.history.apply(ops, "Add note");
  desk.document.apply({added, Kind::note, field::note::start, int64_t(777), make_stamp(1'000'000, 9)});
  REQUIRE(desk.history.undo());
  CHECK_FALSE(desk.document.find(added)->alive());
  REQUIRE(desk.history.redo());
  CHECK(desk.document.find(added)->integer(field::note::start) == 777);
}

TEST_CASE("the history does not grow without end") {
  Desk desk;
  for (int i = 1; i < 700; ++i) desk.history.apply(desk.move(i), "move");
  size_t steps = 0;
  while (desk.history.undo()) ++steps;
  CHECK(steps == History::kMaxSteps);
}
