#include <doctest/doctest.h>

#include "song/edit.h"
#include "song/history.h"

using namespace arietta;

namespace {

struct Studio {
  Document song;
  Ops ops;

  void apply() {
    for (Op& op : ops) song.apply(std::move(op));
    ops.clear();
  }
  Id track(std::string_view name, DeviceKind kind = DeviceKind::poly_synth, int at = -1) {
    const Id id = add_track(song, ops, name, kind, at);
    apply();
    return id;
  }
  Id clip(Id track, Tick start, Tick length) {
    const Id id = add_clip(song, ops, track, start, length);
    apply();
    return id;
  }
  std::string names() const {
    std::string all;
    for (Id id : song.children(kSongId, Kind::track)) all += song.find(id)->text(field::track::name);
    return all;
  }
};

}  // namespace

TEST_CASE("a new track has an instrument, then a mixer strip") {
  Studio s;
  const Id track = s.track("Bass", DeviceKind::soundfont);
  const auto& devices = s.song.children(track, Kind::device);
  REQUIRE(devices.size() == 2);
  CHECK(instrument_of(s.song, track)->id == devices[0]);
  CHECK(instrument_of(s.song, track)->kind == DeviceKind::soundfont);
  CHECK(strip_of(s.song, track)->id == devices[1]);
}

TEST_CASE("tracks stand where they were put") {
  Studio s;
  for (const char* name : {"a", "b", "c"}) s.track(name);
  s.track("x", DeviceKind::poly_synth, 0);
  s.track("y", DeviceKind::poly_synth, 2);
  s.track("z", DeviceKind::poly_synth, 99);
  CHECK(s.names() == "xaybcz");
}

TEST_CASE("two tracks made in one step keep their order") {
  Studio s;
  for (const char* name : {"1", "2", "3", "4"}) add_track(s.song, s.ops, name, DeviceKind::poly_synth);
  s.apply();
  CHECK(s.names() == "1234");
}

TEST_CASE("a note reads back as it was written, and a change touches only what differs") {
  Studio s;
  const Id clip = s.clip(s.track("t"), 0, 3840);
  const Note wanted{.clip = clip, .start = 77, .length = 5, .key = 99, .velocity = 3, .author = 1, .edited = true,
                    .tuning_cents = -12, .release_velocity = 9};
  const Id id = add_note(s.song, s.ops, wanted);
  s.apply();
  const Note note = read_note(s.song, id);
  CHECK(note.id == id);
  CHECK(note.clip == clip);
  CHECK(note.start == 77);
  CHECK(note.length == 5);
  CHECK(note.key == 99);
  CHECK(note.velocity == 3);
  CHECK(note.author == 1);
  CHECK(note.edited);
  CHECK(note.tuning_cents == -12);
  CHECK(note.release_velocity == 9);

  Note moved = note;
  moved.key = 98;
  set_note(s.ops, note, moved);
  REQUIRE(s.ops.size() == 1);
  s.apply();
  CHECK(read_note(s.song, id).key == 98);
}

TEST_CASE("notes come by start, then by key; removed ones and those of a removed clip are gone") {
  Studio s;
  const Id track = s.track("t"), clip = s.clip(track, 0, 3840);
  add_note(s.song, s.ops, {.clip = clip, .start = 480, .key = 64});
  const Id high = add_note(s.song, s.ops, {.clip = clip, .start = 0, .key = 72});
  add_note(s.song, s.ops, {.clip = clip, .start = 0, .key = 60});
  s.apply();
  auto notes = notes_of(s.song, clip);
  REQUIRE(notes.size() == 3);
  CHECK(notes[0].key == 60);
  CHECK(notes[1].key == 72);
  CHECK(notes[2].key == 64);
  remove(s.ops, high, Kind::note);
  s.apply();
  CHECK(notes_of(s.song, clip).size() == 2);
  remove(s.ops, clip, Kind::clip);
  s.apply();
  CHECK(s.song.children(track, Kind::clip).empty());
  CHECK(song_length(s.song) == 0);
}

TEST_CASE("a note can move to another clip") {
  Studio s;
  const Id track = s.track("t"), one = s.clip(track, 0, 3840), two = s.clip(track, 3840, 3840);
  const Id id = add_note(s.song, s.ops, {.clip = one});
  s.apply();
  Note moved = read_note(s.song, id);
  moved.clip = two;
  set_note(s.ops, read_note(s.song, id), moved);
  s.apply();
  CHECK(notes_of(s.song, one).empty());
  CHECK(notes_of(s.song, two).size() == 1);
}

TEST_CASE("parameters: the table's default, then what was set, kept in range, in one entity") {
  Studio s;
  const Id strip = strip_of(s.song, s.track("t"))->id;
  CHECK(param_of(s.song, strip, param::strip::reverb_db) == -18);
  set_param(s.song, s.ops, strip, param::strip::gain_db, -3);
  set_param(s.song, s.ops, strip, param::strip::gain_db, -6);      // still the same step
  s.apply();
  set_param(s.song, s.ops, strip, param::strip::gain_db, -9);
  set_param(s.song, s.ops, strip, param::strip::pan, 5);
  s.apply();
  CHECK(param_of(s.song, strip, param::strip::gain_db) == -9);
  CHECK(param_of(s.song, strip, param::strip::pan) == 1);
  CHECK(s.song.children(strip, Kind::param).size() == 2);
}

TEST_CASE("another instrument keeps its place and drops settings that mean nothing to it") {
  Studio s;
  const Id track = s.track("t"), device = instrument_of(s.song, track)->id;
  set_param(s.song, s.ops, device, param::poly_synth::shape, 2);
  s.apply();
  set_instrument(s.song, s.ops, track, DeviceKind::soundfont, 40, 0, "abc");
  s.apply();
  const auto instrument = instrument_of(s.song, track);
  CHECK(instrument->id == device);
  CHECK(instrument->kind == DeviceKind::soundfont);
  CHECK(instrument->program == 40);
  CHECK(instrument->soundfont == "abc");
  CHECK(param_of(s.song, device, param::soundfont::level_db) == 0);
  set_instrument(s.song, s.ops, track, DeviceKind::soundfont, 40, 0, "abc");
  CHECK(s.ops.empty());
}

TEST_CASE("drum tracks are known by what plays them") {
  Studio s;
  const Id kit = s.track("kit", DeviceKind::drum_kit), piano = s.track("piano", DeviceKind::soundfont);
  CHECK(is_drum_track(s.song, kit));
  CHECK_FALSE(is_drum_track(s.song, piano));
  set_instrument(s.song, s.ops, piano, DeviceKind::soundfont, 0, 128);
  s.apply();
  CHECK(is_drum_track(s.song, piano));
}

TEST_CASE("the song is as long as its last clip or note") {
  Studio s;
  const Id track = s.track("t"), clip = s.clip(track, 960, 3840);
  CHECK(song_length(s.song) == 4800);
  add_note(s.song, s.ops, {.clip = clip, .start = 3800, .length = 500});
  s.apply();
  CHECK(song_length(s.song) == 960 + 4300);
}

TEST_CASE("a clip grows in whole bars, and only when it must") {
  Studio s;
  const Id clip = s.clip(s.track("t"), 3840, 3840);
  grow_clip_to(s.song, s.ops, clip, 3840);
  CHECK(s.ops.empty());
  grow_clip_to(s.song, s.ops, clip, 3841);
  s.apply();
  CHECK(read_clip(s.song, clip).length == 2 * 3840);
}

TEST_CASE("a note finds its clip: the one there, the one before, or a new one") {
  Studio s;
  const Id track = s.track("t");
  const Id first = clip_for(s.song, s.ops, track, 4000, 4100);
  s.apply();
  CHECK(read_clip(s.song, first).start == 3840);
  CHECK(read_clip(s.song, first).length == 3840);
  CHECK(clip_for(s.song, s.ops, track, 7600, 7680) == first);
  CHECK(s.ops.empty());

  CHECK(clip_for(s.song, s.ops, track, 7680, 7700) == first);            // right behind it
  s.apply();
  CHECK(read_clip(s.song, first).length == 2 * 3840);

  const Id far = clip_for(s.song, s.ops, track, 10 * 3840 + 5, 10 * 3840 + 9);
  s.apply();
  CHECK(far != first);
  CHECK(read_clip(s.song, far).start == 10 * 3840);

  const Id before = clip_for(s.song, s.ops, track, 0, 10'000);             // longer than the room there is
  s.apply();
  CHECK(read_clip(s.song, before).start == 0);
  CHECK(read_clip(s.song, before).length == 3840);
}

TEST_CASE("undo takes back every kind of edit") {
  Studio s;
  const Id track = s.track("t"), clip = s.clip(track, 0, 3840);
  const Id note = add_note(s.song, s.ops, {.clip = clip, .key = 61});
  s.apply();
  const uint64_t before = s.song.content_hash();
  History history(s.song);
  Note moved = read_note(s.song, note);
  moved.key = 65;
  set_note(s.ops, read_note(s.song, note), moved);
  set_param(s.song, s.ops, strip_of(s.song, track)->id, param::strip::pan, 0.5f);
  set_instrument(s.song, s.ops, track, DeviceKind::drum_kit, 0, 0);
  set_tempo(s.song, s.ops, 0, 77);
  add_track(s.song, s.ops, "more", DeviceKind::poly_synth, 0);
  remove(s.ops, clip, Kind::clip);
  history.apply(s.ops, "Everything");
  CHECK(s.song.content_hash() != before);
  CHECK(history.undo());
  CHECK(s.song.content_hash() == before);
  CHECK(history.redo());
  CHECK(s.song.content_hash() != before);
}
