// What a sound MIDI file says is what the song says.
#include "base/note_event.h"
#include "song/time.h"
#include "tests/support/midi_import.h"

using namespace arietta;
using namespace arietta::test;

TEST_CASE("a note comes in with its place, length, pitch and force") {
  const Document song = import_one(midi_bytes(1, 480, {TrackBytes().on(480, 60, 90).off(240, 60, 0, 17).end()}));
  const auto notes = notes_in(song);
  REQUIRE(notes.size() == 1);
  check_note(notes[0], 960, 480, 60, 90);
  CHECK(notes[0].release_velocity == 17);
  CHECK(notes[0].author == 1);
  CHECK_FALSE(notes[0].edited);
}

TEST_CASE("every resolution lands on 960 ticks a quarter, and no note becomes nothing") {
  for (const int division : {1, 24, 96, 120, 192, 384, 480, 960, 1024, 3840, 15360, 32767}) {
    CAPTURE(division);
    const Document song = import_one(
        midi_bytes(0, division, {TrackBytes().on(uint32_t(division), 60).off(uint32_t(division), 60).on(0, 62).off(1, 62).end()}));
    const auto notes = notes_in(song);
    REQUIRE(notes.size() == 2);
    check_note(notes[0], 960, 960, 60, 100);
    CHECK(notes[1].start == 1920);
    CHECK(notes[1].length >= 1);
    CHECK(notes[1].length == std::max<Tick>(1, (960 + division / 2) / division));
  }
}

TEST_CASE("running status and note-ons without force") {
  const Document song = import_one(midi_bytes(
      0, 960, {TrackBytes().on(0, 60, 80).event(100, {60, 0}).event(0, {64, 81}).meta(50, 1, "x").event(50, {64, 0}).end()}));
  const auto notes = notes_in(song);
  REQUIRE(notes.size() == 2);
  check_note(notes[0], 0, 100, 60, 80);
  check_note(notes[1], 100, 100, 64, 81);
}

TEST_CASE("format 0 gives one track per channel, named after its instrument") {
  const Document song = import_one(midi_bytes(
      0, 96, {TrackBytes().meta(0, 3, "Sunday").program(0, 33, 1).program(0, 73, 2).on(0, 40, 90, 1).on(0, 72, 90, 2)
                  .on(0, 36, 90, 9).off(96, 40, 1).off(0, 72, 2).off(0, 36, 9).end()}));
  CHECK(song.song().text(field::song::title) == "Sunday");
  REQUIRE(tracks_of(song).size() == 3);
  CHECK(name_of(song, 0) == "Fingered bass");
  CHECK(name_of(song, 1) == "Flute");
  CHECK(name_of(song, 2) == "Drums");
  CHECK(instrument_of(song, track_at(song, 0))->program == 33);
  CHECK(instrument_of(song, track_at(song, 2))->bank == 128);
  CHECK(is_drum_track(song, track_at(song, 2)));
  CHECK_FALSE(is_drum_track(song, track_at(song, 1)));
}

TEST_CASE("format 1 tracks keep their names; the title is the first track's or the file's") {
  const TrackBytes tune = TrackBytes().meta(0, 3, "Violin solo").on(0, 70).off(10, 70).end();
  const Document titled = import_one(midi_bytes(1, 96, {TrackBytes().meta(0, 3, "My song").end(), tune}));
  CHECK(titled.song().text(field::song::title) == "My song");
  CHECK(name_of(titled, 0) == "Violin solo");
  const Document untitled = import_one(midi_bytes(1, 96, {tune, tune}), "songs/Evening walk.mid");
  CHECK(untitled.song().text(field::song::title) == "Evening walk");
  CHECK(name_of(untitled, 0) == "Violin solo");
  const Document nameless = import_one(midi_bytes(1, 96, {TrackBytes().meta(0, 3, "Track 1").end(), tune}), "Dawn.mid");
  CHECK(nameless.song().text(field::song::title) == "Dawn");
}

TEST_CASE("all tempo and meter changes count, from whichever track") {
  const Document song = import_one(midi_bytes(
      1, 480,
      {TrackBytes().tempo(0, 600'000).event(0, {0xff, 0x58, 4, 3, 2, 24, 8}).tempo(1440, 300'000).end(),
       TrackBytes().on(0, 60).off(480, 60).event(2400, {0xff, 0x58, 4, 7, 3, 24, 8}).on(0, 62).off(480, 62).end()}));
  const TimeMap time(song);
  CHECK(time.seconds_at(960) == doctest::Approx(0.6));
  CHECK(time.seconds_at(2880 + 960) == doctest::Approx(1.8 + 0.3));
  CHECK(time.quarters_per_minute_at(5000) == doctest::Approx(200));
  CHECK(time.meter_at(0).beats == 3);
  CHECK(time.meter_at(5760).beats == 7);
  CHECK(time.meter_at(5760).beat_unit == 8);
  CHECK(time.bar_at(5760).bar == 2);
}

TEST_CASE("files that count in seconds keep their seconds") {
  struct Case { int division; double ticks_per_second; };
  for (const Case c : {Case{0xe728, 1000}, Case{0xe808, 192}, Case{0xe350, 30 / 1.001 * 80}, Case{0xe204, 120}}) {
    CAPTURE(c.division);
    const auto ticks = uint32_t(c.ticks_per_second * 90);
    const MidiImport midi = import(midi_bytes(1, c.division, {TrackBytes().tempo(0, 250'000).on(ticks, 60).off(ticks, 60).end()}));
    const Document& song = midi.songs[0];
    const TimeMap time(song);
    const Note note = notes_in(song)[0];
    CHECK(time.seconds_at(note.start) == doctest::Approx(ticks / c.ticks_per_second).epsilon(1e-5));
    CHECK(time.seconds_at(note.start + note.length) == doctest::Approx(2 * ticks / c.ticks_per_second).epsilon(1e-5));
    CHECK(any_says(midi.warnings, "counts in seconds"));
  }
}

TEST_CASE("format 2 gives one song per sequence, each with its own tempo") {
  const MidiImport midi = import(midi_bytes(2, 96, {TrackBytes().meta(0, 3, "One").tempo(0, 400'000).on(0, 60).off(96, 60).end(),
                                                    TrackBytes().tempo(0, 800'000).on(0, 70).off(96, 70).end()}), "set.mid");
  REQUIRE(midi.songs.size() == 2);
  CHECK(midi.songs[0].song().text(field::song::title) == "One");
  CHECK(midi.songs[1].song().text(field::song::title) == "set (2)");
  CHECK(TimeMap(midi.songs[0]).quarters_per_minute_at(0) == doctest::Approx(150));
  CHECK(TimeMap(midi.songs[1]).quarters_per_minute_at(0) == doctest::Approx(75));
  CHECK(notes_in(midi.songs[1])[0].key == 70);
}

TEST_CASE("programs: the first sets the instrument, later ones are changes on the way") {
  const Document song = import_one(midi_bytes(
      1, 960, {TrackBytes().program(0, 10).program(0, 40).on(0, 60).off(960, 60).program(0, 41).on(0, 62).off(960, 62).end()}));
  CHECK(instrument_of(song, track_at(song, 0))->program == 40);
  const auto controls = controls_in(song);
  REQUIRE(controls.size() == 1);
  CHECK(controls[0].tick == 960);
  CHECK(NoteEventType(controls[0].type) == NoteEventType::kProgram);
  CHECK(controls[0].number == 41);
}

TEST_CASE("a track that sets instruments for all is heard, and a track's own choice goes first") {
  const Document song = import_one(midi_bytes(
      1, 96, {TrackBytes().program(0, 48, 3).controller(0, 7, 64, 3).program(0, 5, 4).end(),
              TrackBytes().on(0, 60, 90, 3).off(96, 60, 3).end(),
              TrackBytes().program(0, 19, 4).on(0, 62, 90, 4).off(96, 62, 4).end()}));
  REQUIRE(tracks_of(song).size() == 2);
  CHECK(instrument_of(song, track_at(song, 0))->program == 48);
  CHECK(strip_value(song, 0, param::strip::gain_db) == doctest::Approx(-7.753).epsilon(1e-3));
  CHECK(instrument_of(song, track_at(song, 1))->program == 19);
}

TEST_CASE("banks: General MIDI 2, Roland GS and Yamaha XG each mean theirs") {
  const auto bank_after = [](int high, int low, std::string_view system) {
    TrackBytes track;
    if (!system.empty()) {
      track.event(0, {0xf0}).delta(uint32_t(system.size()));
      for (const char c : system) track.raw({uint8_t(c)});
    }
    track.controller(0, 0, high).controller(0, 32, low).program(0, 5).on(0, 60).off(96, 60).end();
    const Document song = import_one(midi_bytes(1, 96, {track}));
    return instrument_of(song, track_at(song, 0))->bank;
  };
  const std::string_view xg_on("\x43\x10\x4c\x00\x00\x7e\x00\xf7", 8);
  const std::string_view gs_part_1_is_drums("\x41\x10\x42\x12\x40\x11\x15\x01\x19\xf7", 10);
  CHECK(bank_after(8, 1, "") == 8);
  CHECK(bank_after(121, 3, "") == 3);
  CHECK(bank_after(120, 0, "") == 128);
  CHECK(bank_after(0, 18, xg_on) == 18);
  CHECK(bank_after(127, 0, xg_on) == 128);
  CHECK(bank_after(0, 0, gs_part_1_is_drums) == 128);
}

TEST_CASE("volume and pan that stay are on the mixer; those that move are events") {
  const Document still = import_one(midi_bytes(
      1, 960, {TrackBytes().controller(0, 7, 127).controller(0, 10, 0).controller(0, 91, 0).on(0, 60).off(960, 60)
                   .controller(0, 7, 127).end()}));
  CHECK(controls_in(still).empty());
  CHECK(strip_value(still, 0, param::strip::gain_db) == doctest::Approx(4.152).epsilon(1e-3));
  CHECK(strip_value(still, 0, param::strip::pan) == -1);
  CHECK(strip_value(still, 0, param::strip::reverb_db) == -60);
  const Document moving = import_one(midi_bytes(
      1, 960, {TrackBytes().controller(0, 7, 90).on(0, 60).controller(480, 7, 50).off(480, 60).end()}));
  CHECK(strip_value(moving, 0, param::strip::gain_db) == 0);
  const auto controls = controls_in(moving);
  REQUIRE(controls.size() == 2);
  CHECK(controls[0].number == 7);
  CHECK(controls[0].amount == 90 * 129);
  CHECK(controls[1].tick == 480);
  CHECK(controls[1].amount == 50 * 129);
}

TEST_CASE("pedal, expression, wheel and bend arrive, and what changes nothing does not") {
  const Document song = import_one(midi_bytes(
      1, 960, {TrackBytes().controller(0, 64, 0).controller(0, 11, 127).event(0, {0xe0, 0, 64})     // all as it is anyway
                   .controller(0, 101, 0).controller(0, 100, 0).controller(0, 6, 12).on(0, 60)
                   .controller(96, 64, 127).controller(0, 64, 127).event(96, {0xe0, 0x7f, 0x7f}).event(96, {0xd0, 90})
                   .controller(96, 1, 33).off(96, 60).end()}));
  const auto controls = controls_in(song);
  REQUIRE(controls.size() == 4);
  CHECK(controls[0].number == 64);
  CHECK(controls[0].amount == 16383);
  CHECK(NoteEventType(controls[1].type) == NoteEventType::kBend);
  CHECK(controls[1].amount == 16383);
  CHECK(controls[1].number == 12);                    // the range the song asked for
  CHECK(NoteEventType(controls[2].type) == NoteEventType::kPressure);
  CHECK(controls[3].number == 1);
}

TEST_CASE("notes left hanging end with the track; equal keys pair first with first") {
  const MidiImport midi = import(midi_bytes(
      1, 960, {TrackBytes().on(0, 60, 1).on(100, 60, 2).off(100, 60).off(100, 60).on(0, 64, 3).end(500)}));
  const auto notes = notes_in(midi.songs[0]);
  REQUIRE(notes.size() == 3);
  check_note(notes[0], 0, 200, 60, 1);
  check_note(notes[1], 100, 200, 60, 2);
  check_note(notes[2], 300, 500, 64, 3);
  CHECK(any_says(midi.warnings, "1 note is never ended"));
}

TEST_CASE("all-notes-off ends what sounds") {
  const auto notes = notes_in(import_one(midi_bytes(1, 960, {TrackBytes().on(0, 60).on(0, 64).controller(200, 123, 0).end(500)})));
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].length == 200);
  CHECK(notes[1].length == 200);
}

TEST_CASE("clips are whole bars and keep the silence at the end") {
  const Document song = import_one(midi_bytes(1, 960, {TrackBytes().on(0, 60).off(100, 60).end(5000)}));
  CHECK(read_clip(song, clip_at(song, 0)).length == 2 * 3840);
  const Document sloppy = import_one(midi_bytes(1, 960, {TrackBytes().on(0, 60).off(100, 60).end(0x0fffffff)}));
  CHECK(song_length(sloppy) <= 6 * 3840);             // an end mark days later is no music
}

TEST_CASE("names in any encoding are read") {
  struct Case { std::string_view bytes, text; };
  const Case cases[] = {
      {"Fl\xc3\xb6te", "Flöte"},                                   // UTF-8
      {"Fl\xf6te \x96 caf\xe9", "Flöte – café"},                   // Windows-1252
      {"\x83\x73\x83\x41\x83\x6d \x8e\xa9\x97\x52", "ピアノ 自由"},   // Shift JIS
      {"\xca\xee\xf0\xee\xe1\xe5\xe9\xed\xe8\xea\xe8", "Коробейники"},   // Windows-1251
      {std::string_view("\xff\xfe\x48\x00\x69\x00\x3d\xd8\x00\xde", 10), "Hi😀"},   // UTF-16
      {std::string_view("  Bass\0\0", 8), "Bass"},
  };
  for (const Case& c : cases) {
    const Document song = import_one(midi_bytes(1, 96, {TrackBytes().end(), TrackBytes().meta(0, 3, c.bytes).on(0, 60).off(9, 60).end()}));
    CHECK(name_of(song, 0) == c.text);
  }
}

TEST_CASE("words, markers, key and copyright are kept") {
  const Document song = import_one(midi_bytes(
      1, 960, {TrackBytes().meta(0, 2, "(c) Ann").event(0, {0xff, 0x59, 2, 0xfd, 1}).meta(0, 6, "Verse").meta(960, 5, "hel-")
                   .meta(240, 5, "lo ").end(), TrackBytes().on(0, 60).off(960, 60).end()}));
  CHECK(song.song().text(field::song::copyright) == "(c) Ann");
  CHECK(song.song().integer(field::song::key_root) == 0);           // three flats, minor: C minor
  CHECK(song.song().integer(field::song::scale) == 1);
  const auto& markers = song.children(kSongId, Kind::marker);
  REQUIRE(markers.size() == 3);
  CHECK(song.find(markers[0])->text(field::marker::text) == "Verse");
  CHECK(song.find(markers[1])->integer(field::marker::marker_kind) == 1);
  CHECK(song.find(markers[2])->text(field::marker::text) == "lo ");
  CHECK(song.find(markers[2])->integer(field::marker::tick) == 1200);
}

TEST_CASE("MIDI inside RIFF, behind a foreign header, and among unknown chunks") {
  const ByteList plain = midi_bytes(0, 96, {TrackBytes().on(0, 60).off(96, 60).end()});
  ByteList riff_body;
  append(riff_body, "RMID");
  append(riff_body, chunk("LIST", ByteList(600)));
  append(riff_body, chunk("data", plain));
  CHECK(notes_in(import_one(chunk("RIFF", riff_body))).size() == 1);

  ByteList behind(128, 0);
  append(behind, plain);
  CHECK(notes_in(import_one(behind)).size() == 1);

  ByteList among = midi_header(1, 2, 96);
  append(among, chunk("XFIH", ByteList(33)));
  append(among, chunk("MTrk", TrackBytes().on(0, 60).off(96, 60).end().bytes()));
  append(among, "junk");
  append_be(among, 0x7fffffff, 4);                    // says it is two gigabytes long
  append(among, chunk("MTrk", TrackBytes().on(0, 62).off(96, 62).end().bytes()));
  const MidiImport midi = import(among);
  CHECK(tracks_of(midi.songs[0]).size() == 2);
  CHECK(any_says(midi.warnings, "\"XFIH\" was skipped"));
  CHECK(any_says(midi.warnings, "is broken after"));
}
