// Balance and mastering, as measured on what comes out.
#include "host/finish_song.h"

#include <doctest/doctest.h>

#include "analyse/analysis.h"
#include "song/chain.h"
#include "song/defaults.h"
#include "song/finish.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

Result<Sound> plain_render(const Document& song) { return render_song(song, {}, {32000, 0}); }

Loudness loudness_of(const Document& song) {
  const Result<Sound> sound = plain_render(song);
  REQUIRE(sound.ok());
  return measure_loudness({sound.value().sample_rate, {sound.value().left, sound.value().right}});
}

float volume_of(const Document& song, Id track) { return param_of(song, strip_of(song, track)->id, param::strip::gain_db); }

// A tune, chords, a bass and drums, two bars each.
struct SmallBand {
  SongBuilder song;
  Id tune, chords, bass, drums;
  SmallBand() {
    tune = song.track(DeviceKind::poly_synth, 7680);
    for (int i = 0; i < 16; ++i) song.note(72 + i % 5, i * 480, 400);
    chords = song.track(DeviceKind::poly_synth, 7680);
    for (int i = 0; i < 4; ++i)
      for (int key : {60, 64, 67}) song.note(key, i * 1920, 1800);
    bass = song.track(DeviceKind::poly_synth, 7680);
    for (int i = 0; i < 8; ++i) song.note(36 + i % 3, i * 960, 900);
    drums = song.track(DeviceKind::drum_kit, 7680);
    for (int i = 0; i < 16; ++i) song.note(i % 2 ? 38 : 36, i * 480, 100);
  }
};

}  // namespace

TEST_CASE("what a track is for is heard from what it plays") {
  SmallBand band;
  CHECK(role_of(band.song.document, band.tune) == TrackRole::kMelody);
  CHECK(role_of(band.song.document, band.chords) == TrackRole::kChords);
  CHECK(role_of(band.song.document, band.bass) == TrackRole::kBass);
  CHECK(role_of(band.song.document, band.drums) == TrackRole::kDrums);
}

TEST_CASE("balance makes the same mix of the same band, wherever the faders were") {
  SmallBand band, strange;
  const float faders[] = {-24, 6, -12, 3};
  int i = 0;
  for (Id track : {strange.tune, strange.chords, strange.bass, strange.drums})
    strange.song.param(strip_of(strange.song.document, track)->id, param::strip::gain_db, faders[i++]);
  const Result<Document> one = balanced(band.song.document, plain_render), other = balanced(strange.song.document, plain_render);
  REQUIRE(one.ok());
  REQUIRE(other.ok());
  for (Id track : {band.tune, band.chords, band.bass, band.drums}) CHECK(std::fabs(volume_of(one.value(), track) - volume_of(other.value(), track)) < 0.3f);
  const double tune = loudness_of(alone_for_measuring(one.value(), band.tune)).integrated_lufs;
  const double chords = loudness_of(alone_for_measuring(one.value(), band.chords)).integrated_lufs;
  CHECK(tune - chords == doctest::Approx(4).epsilon(0.1));              // the tune leads
  const Loudness whole = loudness_of(one.value());
  CHECK(whole.integrated_lufs > -19);
  CHECK(whole.integrated_lufs < -12);
}

TEST_CASE("tracks that are silent, and buses, keep their faders") {
  SmallBand band;
  const Id silent = band.song.track(DeviceKind::poly_synth);
  band.song.param(strip_of(band.song.document, silent)->id, param::strip::gain_db, -7);
  Ops ops;
  const Id bus = add_bus(band.song.document, ops, "Bus");
  band.song.apply(ops);
  const Result<Document> song = balanced(band.song.document, plain_render);
  REQUIRE(song.ok());
  CHECK(volume_of(song.value(), silent) == -7);
  CHECK(volume_of(song.value(), bus) == 0);
}

TEST_CASE("a master is as loud as asked, never over -1 dBTP, and once more changes nothing") {
  const Document song = starter_song();
  for (const double lufs : {-23.0, -14.0, -9.0}) {
    CAPTURE(lufs);
    const Result<Document> loud = mastered(song, lufs, plain_render);
    REQUIRE(loud.ok());
    const Loudness loudness = loudness_of(loud.value());
    CHECK(std::fabs(loudness.integrated_lufs - lufs) < 0.25);
    CHECK(loudness.true_peak_dbtp <= -1);
    const Result<Document> again = mastered(loud.value(), lufs, plain_render);
    REQUIRE(again.ok());
    CHECK(std::fabs(master_drive_db(again.value()) - master_drive_db(loud.value())) < 0.3f);
  }
}

TEST_CASE("a song without a sound cannot be mastered, and says so") {
  const Result<Document> song = mastered(empty_song(), -14, plain_render);
  REQUIRE_FALSE(song.ok());
  CHECK(song.error().message == "This song is silent: it cannot be made any louder.");
}
