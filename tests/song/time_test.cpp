#include <doctest/doctest.h>

#include "song/edit.h"
#include "song/time.h"

using namespace arietta;

namespace {

void apply(Document& document, Ops& ops) {
  for (Op& op : ops) document.apply(std::move(op));
  ops.clear();
}

// 3/4 for two bars, then 7/8; 100 a minute, then 50 from the second quarter, then 200 from the tenth.
Document changing_song() {
  Document song;
  Ops ops;
  set_meter(song, ops, 0, 3, 4);
  set_meter(song, ops, 2 * 2880, 7, 8);
  set_tempo(song, ops, 9 * 960, 200);
  set_tempo(song, ops, 0, 100);
  set_tempo(song, ops, 960, 50);
  apply(song, ops);
  return song;
}

}  // namespace

TEST_CASE("a song that says nothing plays 120 quarters a minute in 4/4") {
  const TimeMap time{Document()};
  CHECK(time.seconds_at(960) == 0.5);
  CHECK(time.tick_at(0.5) == 960);
  CHECK(time.quarters_per_minute_at(12345) == 120);
  CHECK(time.ticks_per_bar_at(0) == 3840);
  CHECK(time.ticks_per_beat_at(0) == 960);
  CHECK(time.bar_at(3840 * 5 + 960 * 2 + 7).bar == 5);
  CHECK(time.bar_at(3840 * 5 + 960 * 2 + 7).beat == 2);
  CHECK(time.bar_at(3840 * 5 + 960 * 2 + 7).rest == 7);
}

TEST_CASE("seconds follow every tempo") {
  const TimeMap time(changing_song());
  CHECK(time.seconds_at(0) == 0);
  CHECK(time.seconds_at(960) == doctest::Approx(0.6));
  CHECK(time.seconds_at(9 * 960) == doctest::Approx(0.6 + 8 * 1.2));
  CHECK(time.seconds_at(11 * 960) == doctest::Approx(0.6 + 8 * 1.2 + 2 * 0.3));
  CHECK(time.quarters_per_minute_at(959) == doctest::Approx(100));
  CHECK(time.quarters_per_minute_at(960) == doctest::Approx(50));
}

TEST_CASE("ticks to seconds and back is the same tick") {
  const TimeMap time(changing_song());
  for (Tick tick = 0; tick < 40'000; ++tick) REQUIRE(time.tick_at(time.seconds_at(tick)) == tick);
  for (const Tick tick : {Tick(1) << 20, Tick(1) << 25, Tick(1) << 30}) CHECK(time.tick_at(time.seconds_at(tick)) == tick);
}

TEST_CASE("bars and beats follow every meter, both ways") {
  const TimeMap time(changing_song());
  CHECK(time.meter_at(5759).beats == 3);
  CHECK(time.meter_at(5760).beats == 7);
  CHECK(time.ticks_per_beat_at(5760) == 480);
  CHECK(time.ticks_per_bar_at(5760) == 3360);
  for (int64_t bar = 0; bar < 50; ++bar) {
    const Tick start = time.tick_of_bar(bar);
    REQUIRE(start == (bar < 2 ? bar * 2880 : 5760 + (bar - 2) * 3360));
    CHECK(time.bar_at(start).bar == bar);
    CHECK(time.bar_at(start).beat == 0);
    CHECK(time.bar_at(start).rest == 0);
    if (bar) CHECK(time.bar_at(start - 1).bar == bar - 1);
  }
}

TEST_CASE("a meter change in the middle of a bar begins a new bar") {
  Document song;
  Ops ops;
  set_meter(song, ops, 3840 + 960, 2, 4);
  apply(song, ops);
  const TimeMap time(song);
  CHECK(time.bar_at(4799).bar == 1);
  CHECK(time.bar_at(4800).bar == 2);
  CHECK(time.tick_of_bar(2) == 4800);
  CHECK(time.tick_of_bar(3) == 4800 + 1920);
}

TEST_CASE("setting a tempo or a meter again at the same place replaces it") {
  Document song;
  Ops ops;
  for (const double tempo : {90.0, 140.0}) {
    set_tempo(song, ops, 0, tempo);
    set_meter(song, ops, 0, tempo > 100 ? 6 : 5, 8);
    apply(song, ops);
  }
  CHECK(song.children(kSongId, Kind::tempo).size() == 1);
  CHECK(song.children(kSongId, Kind::meter).size() == 1);
  CHECK(TimeMap(song).quarters_per_minute_at(0) == doctest::Approx(140).epsilon(1e-5));
  CHECK(TimeMap(song).meter_at(0).beats == 6);
}
