// A song's tuning reaches every note that has a pitch, played from the song.
#include <doctest/doctest.h>

#include <cmath>

#include "base/note_event.h"
#include "compile/compile_plan.h"
#include "compile/schedule.h"
#include "song/edit.h"
#include "song/tunings.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

void tune(SongBuilder& song, const TuningScale& scale) {
  Ops ops;
  set_tuning(ops, scale);
  song.apply(ops);
}

int cents_of_first(const Document& document, Id track) { return schedule_track(document, track).front().tuning_cents; }

}  // namespace

TEST_CASE("notes sound where the song's tuning puts their keys, and their own tuning adds to it") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::string);
  song.note(64, 0, 480);
  CHECK(cents_of_first(song.document, track) == 0);
  tune(song, {"quarter-flat E", {100, 200, 300, 350, 500, 600, 700, 800, 900, 1000, 1050, 1200}});
  CHECK(cents_of_first(song.document, track) == -50);
  CHECK(song_tuning_name(song.document) == "quarter-flat E");
  Ops ops;
  const Id clip = song.document.children(track, Kind::clip).front(), note = song.document.children(clip, Kind::note).front();
  set_field(ops, note, Kind::note, field::note::tuning_cents, int64_t(7));
  song.apply(ops);
  CHECK(cents_of_first(song.document, track) == -43);
  tune(song, {});
  CHECK(cents_of_first(song.document, track) == 7);
}

TEST_CASE("drums have no tuning") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::drum_kit);
  song.note(38, 0, 480);
  tune(song, {"far away", {50, 90}});
  CHECK(cents_of_first(song.document, track) == 0);
}

TEST_CASE("a new tuning is compiled though no track has changed") {
  SongBuilder song;
  song.track(DeviceKind::string);
  song.note(64, 0, 480);
  PlanCompiler compiler;
  const uint64_t before = compiler.compile(song.document, {}).chunks[0].hash;
  tune(song, {"thirds", {111.73, 203.91, 315.64, 386.31, 498.04, 590.22, 701.96, 813.69, 884.36, 1017.6, 1088.27, 1200}});
  CHECK(compiler.compile(song.document, {}).chunks[0].hash != before);
}

TEST_CASE("every tuning that is offered climbs, and returns at its octave") {
  for (const NamedTuning& named : named_tunings()) {
    CAPTURE(named.name);
    double last = 0;
    for (const double cents : named.cents) {
      CHECK(cents > last);
      last = cents;
    }
    CHECK(std::fabs(last - 1200) < 2);
    const TuningTable table = tuning_table({named.name, named.cents}, KeyMap());
    CHECK(std::fabs(table[69]) < 1e-6);
    if (named.cents.size() == 12)
      for (int key = 36; key < 96; ++key) CHECK(std::fabs(table[size_t(key)]) < 60);
  }
}

TEST_CASE("a sampler asks for the sound that was dropped on it, and for none before") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::sampler);
  CHECK(assets_needed(song.document).empty());
  Ops ops;
  set_instrument(song.document, ops, track, DeviceKind::sampler, 0, 0, "abc", "dog.wav");
  song.apply(ops);
  const std::vector<AssetNeed> needs = assets_needed(song.document);
  REQUIRE(needs.size() == 1);
  CHECK(needs[0].soundfont == "abc");
  CHECK(needs[0].soundfont_name == "dog.wav");
}
