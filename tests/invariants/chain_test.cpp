// Effect chains in the whole engine: what is heard when they are put in, left out, moved and taken away while it plays.
#include <doctest/doctest.h>

#include "song/chain.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

// One long note, dry but for what a test puts in.
struct Held {
  SongBuilder song;
  Id track = song.track(DeviceKind::poly_synth);
  TestEngine engine;

  Held() {
    const Id synth = instrument_of(song.document, track)->id;
    song.param(synth, param::poly_synth::shape, 3);                       // a sine: a click shows at once
    song.param(synth, param::poly_synth::detune, 0);
    song.param(strip_of(song.document, track)->id, param::strip::reverb_db, -60);
    song.note(57, 0, 4 * 3840);
  }
  Id effect(Id owner, int at = -1) {
    Ops ops;
    const Id id = add_effect(song.document, ops, owner, DeviceKind::reverb, at);
    song.apply(ops);
    return id;
  }
  void bypass(Id effect, bool on) { song.set(effect, Kind::device, field::device::bypass, int64_t(on)); }
  // Half a second with what the song is now.
  Sound play() {
    engine.send(song.document);
    return engine.play(24000);
  }
};

float steepest(const Sound& sound) {
  float step = 0;
  for (size_t i = 1; i < sound.left.size(); ++i) step = std::max(step, std::fabs(sound.left[i] - sound.left[i - 1]));
  return step;
}

}  // namespace

TEST_CASE("An effect on a track, a bus or the master is heard, and left out it is not, to the last bit") {
  const auto render = [](int where, bool bypassed) {
    Held held;
    if (where >= 0) {
      Id owner = where == 0 ? held.track : kSongId;
      if (where == 2) {
        Ops ops;
        owner = add_bus(held.song.document, ops, "Hall");
        held.song.apply(ops);
        if (!bypassed) held.song.param(strip_of(held.song.document, held.track)->id, bus_send_param(1), 0);
      }
      held.bypass(held.effect(owner), bypassed);
    }
    held.engine.load(held.song.document);
    held.engine.host.send(Message::play);
    return held.engine.play(24000);
  };
  const Sound plain = render(-1, false);
  for (int where : {0, 1, 2}) {
    CAPTURE(where);
    CHECK(difference_db(render(where, false).left, plain.left) > -40);
    CHECK(difference_db(render(where, true).left, plain.left) == -200);
  }
}

TEST_CASE("Adding, leaving out, moving and removing effects while a note sounds makes no click") {
  Held held;
  held.engine.load(held.song.document);
  held.engine.host.send(Message::play);
  held.engine.play(24000);
  const float alone = steepest(held.play());
  float most = 0;
  const auto hear = [&] { most = std::max(most, steepest(held.play())); };
  const Id first = held.effect(held.track);
  hear();
  const Id second = held.effect(held.track);
  held.song.param(second, param::reverb::decay_s, 6);
  hear();
  for (const bool on : {true, false, true}) held.bypass(first, on), hear();
  held.bypass(first, false);
  hear();
  Ops ops;
  move_effect(held.song.document, ops, held.track, second, 0);
  held.song.apply(ops);
  hear();
  Ops gone;
  remove(gone, first, Kind::device);
  remove(gone, second, Kind::device);
  held.song.apply(gone);
  hear();
  // What an effect adds is as steep as its input at most; a click of a hundredth of full scale would show.
  CHECK(most < 2.5f * alone + 0.01f);
}

TEST_CASE("An edit elsewhere keeps an effect's tail") {
  const auto tail = [](bool edit) {
    Held held;
    held.effect(held.track);
    held.song.set(held.song.document.children(held.song.last_clip(), Kind::note)[0], Kind::note, field::note::length, int64_t(480));
    const Id other = held.song.track(DeviceKind::poly_synth);
    held.engine.load(held.song.document);
    held.engine.host.send(Message::play);
    held.engine.play(24000);
    if (edit) held.song.set(other, Kind::track, field::track::name, "Other");
    held.engine.send(held.song.document);
    return held.engine.play(24000);
  };
  const Sound plain = tail(false), edited = tail(true);
  CHECK(peak(plain.left, 12000) > 1e-4f);
  CHECK(difference_db(plain.left, edited.left) == -200);
}
