// What must hold whatever is played: cutting, muting, resetting, transposing.
#include <doctest/doctest.h>

#include "base/random.h"
#include "host/wave_bank.h"
#include "song/defaults.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

constexpr DeviceKind kInstruments[] = {DeviceKind::poly_synth, DeviceKind::drum_kit, DeviceKind::soundfont};

// A phrase for every instrument at once, with controllers.
Document busy_song(TestEngine& engine) {
  SongBuilder song;
  for (DeviceKind kind : kInstruments) {
    song.track(kind);
    for (int i = 0; i < 16; ++i) song.note(36 + 3 * (i % 8), i * 240, 200 + 90 * (i % 3), 60 + 4 * i);
    song.control(300, int(NoteEventType::kBend), 0, 12000);
    song.control(500, int(NoteEventType::kController), 64, 16383);
    song.control(900, int(NoteEventType::kController), 64, 0);
    song.control(1000, int(NoteEventType::kController), 1, 9000);
  }
  song.tempo(1000, 143.3);
  for (const AssetNeed& need : assets_needed(song.document)) {
    REQUIRE(engine.host.load_asset(need.asset, wave_bank(2)).ok());
    engine.options.ready_assets.insert(need.asset);
  }
  return song.document;
}

Sound play_in_portions(int portion, uint32_t seed) {
  TestEngine engine;
  engine.load(busy_song(engine));
  engine.host.send(Message::play);
  Random random(seed);
  Sound sound;
  while (sound.left.size() < 60000) {
    const int frames = portion ? portion : 1 + int(random.next() % 1500);
    engine.host.render(std::min(frames, int(60000 - sound.left.size())), sound);
  }
  return sound;
}

}  // namespace

TEST_CASE("Any cutting into quanta gives the same samples") {
  const Sound whole = play_in_portions(4096, 0);
  REQUIRE(peak(whole.left) > 0.05f);
  for (int portion : {1, 31, 32, 33, 128, 256, 441, 960, 0}) {
    CAPTURE(portion);
    const Sound cut = play_in_portions(portion, uint32_t(portion) + 5);
    CHECK(cut.left == whole.left);
    CHECK(cut.right == whole.right);
  }
}

TEST_CASE("The same song twice gives the same samples") {
  CHECK(play_in_portions(128, 0).left == play_in_portions(128, 0).left);
}

TEST_CASE("A muted song is exact silence, also when the mute was set in a pause") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  song.note(60, 0, 3840);
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  CHECK(peak(engine.play(4800).left) > 0.01f);
  engine.host.send(Message::stop, uint32_t(1));
  engine.play(48000 * 12);
  song.set(track, Kind::track, field::track::mute, int64_t(1));
  engine.load(song.document);
  engine.host.send(Message::play);
  const Sound muted = engine.play(48000);
  CHECK(peak(muted.left) == 0);
  CHECK(peak(muted.right) == 0);
}

TEST_CASE("A track muted while it sounds ends in exact silence without a click") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  song.note(48, 0, 4 * 3840);
  const Id strip = strip_of(song.document, track)->id;
  song.param(strip, param::strip::reverb_db, -60);
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  const Sound before = engine.play(24000);
  song.set(track, Kind::track, field::track::mute, int64_t(1));
  engine.send(song.document);
  const Sound after = engine.play(24000);
  CHECK(peak(after.left, 12000) == 0);
  float steepest_before = 0, steepest_after = 0;
  for (size_t i = 1; i < before.left.size(); ++i) steepest_before = std::max(steepest_before, std::fabs(before.left[i] - before.left[i - 1]));
  for (size_t i = 1; i < after.left.size(); ++i) steepest_after = std::max(steepest_after, std::fabs(after.left[i] - after.left[i - 1]));
  CHECK(steepest_after <= steepest_before * 1.1f);
}

TEST_CASE("After a reset the engine sounds like a fresh one") {
  TestEngine used, fresh;
  used.load(busy_song(used));
  fresh.load(busy_song(fresh));
  used.host.send(Message::play);
  used.play(32 * 777);
  used.host.send(Message::note_on, NoteEvent{5, 0.9f, NoteEventType::kNoteOn, 70, 0},
                 node_plan_id(instrument_of(busy_song(used), busy_song(used).children(kSongId, Kind::track)[0])->id));
  used.play(32 * 100);
  used.host.send(Message::reset);
  fresh.host.send(Message::reset);
  CHECK(peak(used.play(3200).left) == 0);
  fresh.play(3200);
  used.host.send(Message::play);
  fresh.host.send(Message::play);
  CHECK(difference_db(used.play(48000).left, fresh.play(48000).left) < -120);
}

TEST_CASE("An octave up is twice the frequency, on every pitched instrument") {
  for (DeviceKind kind : {DeviceKind::poly_synth, DeviceKind::soundfont}) {
    double found[2];
    for (int octave = 0; octave < 2; ++octave) {
      SongBuilder song;
      const Id track = song.track(kind);
      song.note(57 + 12 * octave, 0, 3840);
      if (kind == DeviceKind::poly_synth) song.param(instrument_of(song.document, track)->id, param::poly_synth::detune, 0);
      TestEngine engine;
      for (const AssetNeed& need : assets_needed(song.document)) {
        REQUIRE(engine.host.load_asset(need.asset, wave_bank()).ok());
        engine.options.ready_assets.insert(need.asset);
      }
      engine.load(song.document);
      engine.host.send(Message::play);
      engine.play(9600);
      found[octave] = pitch_hz(engine.play(9600).left, 48000, 150, 600);
    }
    CHECK(found[0] == doctest::Approx(220).epsilon(0.003));
    CHECK(found[1] / found[0] == doctest::Approx(2).epsilon(0.003));
  }
}

TEST_CASE("Nothing plays before play, and the starter song does after it") {
  TestEngine engine;
  engine.load(starter_song());
  CHECK(peak(engine.play(48000).left) == 0);
  engine.host.send(Message::play);
  const Sound sound = engine.play(96000);
  CHECK(peak(sound.left) > 0.1f);
  CHECK(peak(sound.left) <= 1);
}

TEST_CASE("A song of as many tracks as there may be plays, every one is heard, and it takes edits while it does") {
  constexpr int kStep = 120, kStepFrames = 3000;           // 62.5 ms at 120 quarters a minute
  SongBuilder song;
  for (int i = 0; i < kMaxTracks; ++i) {
    song.track(kInstruments[i % 3], (kMaxTracks + 8) * kStep);
    song.note(38 + i % 12, i * kStep, kStep);
  }
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  for (int i = 0; i < kMaxTracks; ++i) {
    CAPTURE(i);
    if (i == kMaxTracks / 2) {
      song.note(60, (kMaxTracks + 1) * kStep, kStep);
      engine.load(song.document);
    }
    engine.play(kStepFrames);
    CHECK(engine.host.telemetry().tracks[i].peak_left > 1e-3f);
  }
  CHECK(engine.host.telemetry().track_count == uint32_t(kMaxTracks));
}
