// Automation in the whole engine: heard where it is drawn, found again after a seek, given up to a hand on the knob.
#include <doctest/doctest.h>

#include "song/automation.h"
#include "tests/support/measure.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

constexpr int kSecond = 48000;                     // two quarters at 120

// One long note whose volume falls from 0 dB at the second quarter to -24 dB at the sixth.
struct Falling {
  SongBuilder song;
  Id track = song.track(DeviceKind::poly_synth, 8 * 3840);
  Id strip = strip_of(song.document, track)->id;
  TestEngine engine;

  explicit Falling(bool drawn = true) {
    const Id synth = instrument_of(song.document, track)->id;
    song.param(synth, param::poly_synth::shape, 3);
    song.param(synth, param::poly_synth::detune, 0);
    song.param(strip, param::strip::reverb_db, -60);
    song.note(57, 0, 8 * 3840);
    if (!drawn) return;
    put(960, 0);
    put(5 * 960, -24);
  }
  void put(Tick tick, float plain) {
    Ops ops;
    put_point(song.document, ops, strip, param::strip::gain_db, tick, plain);
    song.apply(ops);
  }
  // Loudness of a tenth of a second, `at` seconds from here, against a steady one of the same note.
  static float level_db(const Sound& sound, double at) {
    const size_t from = size_t(at * kSecond);
    double sum = 0;
    for (size_t i = from; i < from + kSecond / 10; ++i) sum += double(sound.left[i]) * sound.left[i];
    return float(10 * std::log10(sum + 1e-20));
  }
};

}  // namespace

TEST_CASE("A drawn fade is heard as drawn, within half a decibel") {
  Falling falling, steady(false);
  for (Falling* one : {&falling, &steady}) {
    one->engine.load(one->song.document);
    one->engine.host.send(Message::play);
  }
  const Sound moved = falling.engine.play(4 * kSecond), still = steady.engine.play(4 * kSecond);
  for (const std::pair<double, double>& point : {std::pair(0.3, 0.0), {1.0, -6.0 - 0.6 + 0.3}, {2.0, -18.0 - 0.3}, {3.0, -24.0}}) {
    const double at = point.first, wanted = point.second;
    CAPTURE(at);
    CHECK(Falling::level_db(moved, at) - Falling::level_db(still, at) == doctest::Approx(wanted).epsilon(0.03).scale(24));
  }
}

TEST_CASE("A seek finds every knob where it would be") {
  Falling falling, steady(false);
  for (Falling* one : {&falling, &steady}) {
    one->engine.load(one->song.document);
    one->engine.host.send(Message::seek, Tick(6 * 960));
    one->engine.host.send(Message::play);
  }
  const Sound moved = falling.engine.play(kSecond), still = steady.engine.play(kSecond);
  CHECK(Falling::level_db(moved, 0.5) - Falling::level_db(still, 0.5) == doctest::Approx(-24).epsilon(0.02));
}

TEST_CASE("A hand on the knob has its way until it lets go; then the knob goes back without a jump") {
  Falling falling;
  falling.engine.load(falling.song.document);
  falling.engine.host.send(Message::seek, Tick(6 * 960));
  falling.engine.host.send(Message::play);
  const Sound quiet = falling.engine.play(kSecond / 2);
  const uint32_t node = node_plan_id(falling.strip);
  const uint32_t knob = param::strip::gain_db;
  falling.engine.host.send(Message::gesture_begin, knob, node);
  falling.engine.host.send(Message::param_set, ParamPayload{knob, 0}, node);
  const Sound loud = falling.engine.play(kSecond / 2);
  falling.engine.host.send(Message::gesture_end, knob, node);
  const Sound after = falling.engine.play(kSecond);
  CHECK(Falling::level_db(loud, 0.3) - Falling::level_db(quiet, 0.3) == doctest::Approx(24).epsilon(0.02));
  CHECK(Falling::level_db(after, 0.05) - Falling::level_db(quiet, 0.3) > 8);       // on its way
  CHECK(Falling::level_db(after, 0.6) - Falling::level_db(quiet, 0.3) == doctest::Approx(0).epsilon(0.3).scale(1));
  float steepest = 0, alone = 0;
  for (size_t i = 1; i < after.left.size(); ++i) steepest = std::max(steepest, std::fabs(after.left[i] - after.left[i - 1]));
  for (size_t i = 1; i < loud.left.size(); ++i) alone = std::max(alone, std::fabs(loud.left[i] - loud.left[i - 1]));
  CHECK(steepest <= alone * 1.05f);
}

TEST_CASE("An edit while a fade plays is not heard in it") {
  const auto play = [](bool edit) {
    Falling falling;
    falling.engine.load(falling.song.document);
    falling.engine.host.send(Message::play);
    falling.engine.play(kSecond);
    if (edit) falling.song.set(falling.track, Kind::track, field::track::name, "Other");
    falling.engine.send(falling.song.document);
    return falling.engine.play(kSecond);
  };
  CHECK(difference_db(play(false).left, play(true).left) == -200);
}
