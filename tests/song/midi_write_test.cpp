#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/note_event.h"
#include "song/defaults.h"
#include "song/edit.h"
#include "song/midi_file.h"
#include "song/midi_parse.h"
#include "song/midi_values.h"
#include "song/time.h"
#include "tests/fuzz/seeds_midi.h"
#include "tests/support/midi_bytes.h"

using namespace arietta;
using namespace arietta::test;

namespace {

Document import_one(const ByteList& bytes) {
  auto result = read_midi(bytes, "x.mid");
  if (!result.ok()) FAIL(result.error().message);
  return std::move(result->songs.at(0));
}

void apply(Document& document, Ops& ops) {
  for (Op& op : ops) document.apply(std::move(op));
  ops.clear();
}

using Heard = std::tuple<Tick, Tick, int, int, int, bool>;     // when, how long, key, velocity, release, drums

// Everything that sounds, whatever tracks and clips it lies in.
std::multiset<Heard> heard(const Document& song) {
  std::multiset<Heard> notes;
  for (Id track : song.children(kSongId, Kind::track))
    for (Id clip : song.children(track, Kind::clip))
      for (const Note& n : notes_of(song, clip))
        notes.insert({read_clip(song, clip).start + n.start, n.length, n.key, n.velocity, n.release_velocity,
                      is_drum_track(song, track)});
  return notes;
}

std::vector<MidiEvent> events_of(const MidiTrack& track, uint8_t status) {
  std::vector<MidiEvent> events;
  std::copy_if(track.events.begin(), track.events.end(), std::back_inserter(events),
               [&](const MidiEvent& e) { return e.status == status; });
  return events;
}

}  // namespace

TEST_CASE("what is written reads back to the same notes, tempos, meters and sounds") {
  for (const ByteList& seed : midi_seeds()) {
    const auto first = read_midi(seed, "x.mid");
    if (!first) continue;
    for (const Document& song : first->songs) {
      const ByteList written = write_midi(song);
      const Document again = import_one(written);
      CHECK(heard(again) == heard(song));
      CHECK(write_midi(again) == written);
      const TimeMap a(song), b(again);
      CHECK(a.tempos().size() == b.tempos().size());
      for (const Tick tick : {0, 500, 960, 5000, 50'000}) {
        CHECK(a.seconds_at(tick) == doctest::Approx(b.seconds_at(tick)).epsilon(1e-12));
        CHECK(a.bar_at(tick).bar == b.bar_at(tick).bar);
        CHECK(a.bar_at(tick).beat == b.bar_at(tick).beat);
      }
      CHECK(song_length(song) == song_length(again));
    }
  }
}

TEST_CASE("the first song goes out and comes back") {
  const Document song = starter_song();
  const ByteList written = write_midi(song);
  const Document again = import_one(written);
  CHECK(heard(again) == heard(song));
  CHECK(again.song().text(field::song::title) == song.song().text(field::song::title));
  CHECK(again.song().integer(field::song::key_root) == song.song().integer(field::song::key_root));
  const auto &before = song.children(kSongId, Kind::track), &after = again.children(kSongId, Kind::track);
  REQUIRE(before.size() == after.size());
  for (size_t i = 0; i < before.size(); ++i) {
    CHECK(song.find(before[i])->text(field::track::name) == again.find(after[i])->text(field::track::name));
    for (const uint16_t param : {param::strip::gain_db, param::strip::pan})
      CHECK(param_of(song, strip_of(song, before[i])->id, param) ==
            doctest::Approx(param_of(again, strip_of(again, after[i])->id, param)).epsilon(0.1));
  }
}

TEST_CASE("the file is format 1, 960 to a quarter, with the song's own track first") {
  const ByteList file = write_midi(starter_song());
  REQUIRE(file.size() > 14);
  CHECK(ByteList(file.begin(), file.begin() + 14) == ByteList{'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 1, 0, 6, 960 >> 8, 960 & 255});
  const auto parsed = parse_midi(file);
  REQUIRE(parsed.ok());
  CHECK(parsed.value().warnings.empty());
  CHECK(events_of(parsed.value().tracks[0], midi::kNoteOn).empty());
  CHECK(events_of(parsed.value().tracks[1], midi::kNoteOn).size() == 11);
}

TEST_CASE("drums go to channel 10, the others to channels of their own, and more than fifteen to the next port") {
  Document song;
  Ops ops;
  for (int i = 0; i < 20; ++i) {
    const Id track = add_track(song, ops, "t", i == 3 ? DeviceKind::drum_kit : DeviceKind::soundfont);
    const Id clip = add_clip(song, ops, track, 0, 3840);
    add_note(song, ops, {.clip = clip, .key = 40 + i});
    apply(song, ops);
  }
  const ByteList file = write_midi(song);
  const auto parsed = parse_midi(file);
  REQUIRE(parsed.ok());
  std::set<std::pair<int, int>> places;
  for (size_t i = 1; i <= 20; ++i) {
    const auto notes = events_of(parsed.value().tracks[i], midi::kNoteOn);
    REQUIRE(notes.size() == 1);
    CHECK((notes[0].channel == 9) == (i == 4));
    places.insert({notes[0].port, notes[0].channel});
  }
  CHECK(places.size() == 20);
  CHECK(heard(import_one(file)) == heard(song));
}

TEST_CASE("a note that ends where the same key begins again stays two notes") {
  Document song;
  Ops ops;
  const Id clip = add_clip(song, ops, add_track(song, ops, "t", DeviceKind::soundfont), 1920, 3840);
  add_note(song, ops, {.clip = clip, .start = 480, .length = 480, .key = 60, .velocity = 70});
  add_note(song, ops, {.clip = clip, .start = 0, .length = 480, .key = 60, .velocity = 80, .release_velocity = 3});
  apply(song, ops);
  CHECK(heard(import_one(write_midi(song))) == heard(song));
}

TEST_CASE("pedals, wheels, bends with their range, programs with their bank come back as they were") {
  const ByteList file = midi_bytes(
      1, 960, {TrackBytes().controller(0, 0, 8).program(0, 5).controller(0, 101, 0).controller(0, 100, 0).controller(0, 6, 7).on(0, 60)
                   .event(10, {0xe0, 3, 99}).controller(10, 64, 127).controller(10, 64, 0).event(10, {0xd0, 77})
                   .controller(10, 7, 50).controller(10, 7, 60).controller(10, 0, 0).program(0, 9).off(10, 60).end()});
  const Document song = import_one(file), again = import_one(write_midi(song));
  const auto controls = [](const Document& d) {
    std::vector<std::tuple<Tick, int, int, int>> list;
    for (Id id : d.children(d.children(d.children(kSongId, Kind::track)[0], Kind::clip)[0], Kind::control)) {
      const Control c = read_control(d, id);
      list.push_back({c.tick, c.type, c.number, c.amount});
    }
    return list;
  };
  CHECK(controls(song).size() == 7);
  CHECK(controls(again) == controls(song));
  const auto instrument = instrument_of(again, again.children(kSongId, Kind::track)[0]);
  CHECK(instrument->program == 5);
  CHECK(instrument->bank == 8);
}

TEST_CASE("words and markers come back") {
  const Document song = import_one(midi_bytes(1, 960, {TrackBytes().meta(0, 2, "me").meta(5, 6, "Verse").meta(5, 5, " la").meta(5, 7, "go")
                                                           .meta(5, 1, "n\xc3\xb6te").end(), TrackBytes().on(0, 60).off(96, 60).end()}));
  const Document again = import_one(write_midi(song));
  const auto words = [](const Document& d) {
    std::vector<std::tuple<int64_t, int64_t, std::string>> list;
    for (Id id : d.children(kSongId, Kind::marker)) {
      const Entity& m = *d.find(id);
      list.push_back({m.integer(field::marker::tick), m.integer(field::marker::marker_kind), std::string(m.text(field::marker::text))});
    }
    return list;
  };
  CHECK(words(song).size() == 4);
  CHECK(words(again) == words(song));
  CHECK(again.song().text(field::song::copyright) == "me");
}

TEST_CASE("seven bits survive the way through the song's units") {
  for (int v = 0; v < 128; ++v) {
    CAPTURE(v);
    if (v == 0 || v > 3) CHECK(db_to_volume(volume_to_db(v)) == v);
    CHECK(position_to_pan(pan_to_position(v)) == v);
    CHECK(db_to_send(send_to_db(v)) == v);
  }
  for (int sharps = -5; sharps <= 6; ++sharps)
    for (const bool minor : {false, true}) CHECK(sharps_of_key(root_of_key(sharps, minor), minor) == sharps);
  CHECK(root_of_key(0, false) == 0);
  CHECK(root_of_key(1, false) == 7);
  CHECK(root_of_key(0, true) == 9);
  CHECK(root_of_key(-3, true) == 0);
}
