#include "song/automation.h"

#include <doctest/doctest.h>

#include <cmath>

#include "params/param_map.h"
#include "song/link.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

struct Drawn {
  SongBuilder song;
  Id strip = strip_of(song.document, song.track(DeviceKind::poly_synth))->id;
  const ParamInfo& volume = *find_param(DeviceKind::strip, param::strip::gain_db);

  Id put(Tick tick, float plain) {
    Ops ops;
    const Id id = put_point(song.document, ops, strip, param::strip::gain_db, tick, plain);
    song.apply(ops);
    return id;
  }
  AutomationPoints points() const { return points_of(song.document, strip, param::strip::gain_db); }
  float at(double tick) const { return plain_at(volume, points(), tick); }
};

}  // namespace

TEST_CASE("Between two points a knob goes straight along its way; before the first and after the last it stays") {
  Drawn drawn;
  drawn.put(960, -24);
  drawn.put(1920, 0);
  CHECK(drawn.at(0) == -24);
  CHECK(drawn.at(960) == -24);
  CHECK(drawn.at(1440) == doctest::Approx(-12));
  CHECK(drawn.at(1920) == doctest::Approx(0));
  CHECK(drawn.at(9999) == doctest::Approx(0));
}

TEST_CASE("A cutoff goes through equal ratios, as its knob does") {
  SongBuilder song;
  const Id synth = instrument_of(song.document, song.track(DeviceKind::poly_synth))->id;
  Ops ops;
  put_point(song.document, ops, synth, param::poly_synth::cutoff_hz, 0, 100);
  put_point(song.document, ops, synth, param::poly_synth::cutoff_hz, 1000, 10000);
  song.apply(ops);
  const auto points = points_of(song.document, synth, param::poly_synth::cutoff_hz);
  CHECK(plain_at(*find_param(DeviceKind::poly_synth, param::poly_synth::cutoff_hz), points, 500) == doctest::Approx(1000).epsilon(0.01));
}

TEST_CASE("A point that holds jumps at the next one; a point where one is moves that one") {
  Drawn drawn;
  const Id first = drawn.put(0, -24);
  drawn.put(960, 0);
  CHECK(drawn.put(0, -30) == first);
  drawn.song.set(first, Kind::point, field::point::shape, int64_t(1));
  REQUIRE(drawn.points().size() == 2);
  CHECK(drawn.at(959) == doctest::Approx(-30));
  CHECK(drawn.at(960) == doctest::Approx(0));
}

TEST_CASE("Automation comes back from a link, point for point") {
  Drawn drawn;
  for (int i = 0; i < 20; ++i) drawn.put(i * 480, float(-i));
  const auto text = make_link(drawn.song.document);
  REQUIRE(text.ok());
  const auto again = read_link(text.value());
  REQUIRE(again.ok());
  CHECK(again.value().content_hash() == drawn.song.document.content_hash());
  const Id strip = strip_of(again.value(), again.value().children(kSongId, Kind::track)[0])->id;
  const auto points = points_of(again.value(), strip, param::strip::gain_db);
  REQUIRE(points.size() == 20);
  for (int i = 0; i < 20; ++i) CHECK((points[size_t(i)].tick == i * 480 && points[size_t(i)].plain == float(-i)));
}

TEST_CASE("Parameters that cannot be automated have none, whatever the song says") {
  SongBuilder song;
  const Id strip = strip_of(song.document, song.track(DeviceKind::poly_synth))->id;
  Ops ops;
  put_point(song.document, ops, strip, param::strip::mute, 0, 1);
  put_point(song.document, ops, strip, 999, 0, 1);
  song.apply(ops);
  CHECK(automated_params(song.document, strip).empty());
  CHECK_FALSE(is_automated(song.document, strip, param::strip::mute));
}

TEST_CASE("A recorded movement is kept within half a percent of the knob's travel, in far fewer points") {
  const ParamInfo& volume = *find_param(DeviceKind::strip, param::strip::gain_db);
  AutomationPoints moved;
  for (int i = 0; i <= 600; ++i) moved.push_back({0, i * 4, float(-20 + 15 * std::sin(double(i) * 0.02)), false});
  const AutomationPoints few = simplified(volume, moved, 0.005f);
  CHECK(few.size() < 60);
  for (const AutomationPoint& point : moved)
    CHECK(std::fabs(position_at(volume, few, double(point.tick)) - to_position(volume, point.plain)) < 0.0051f);
}
