// Grooves: what a drummer would recognise as one.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "assist/groove.h"

using namespace arietta;

namespace {

constexpr int kBar = 96, kBass = 0, kSnare = 1, kClosedHat = 2;

GrooveWish wish(int bars, uint32_t seed = 1) {
  GrooveWish w;
  w.from = 4 * kBar;
  w.to = w.from + bars * kBar;
  w.seed = seed;
  return w;
}

Groove rock_bar(int at) {
  Groove bar;
  for (int eighth = 0; eighth < 8; ++eighth) bar.push_back({at + eighth * 12, kClosedHat, 80});
  for (const int beat : {0, 2}) bar.push_back({at + beat * 24, kBass, 100});
  for (const int beat : {1, 3}) bar.push_back({at + beat * 24, kSnare, 110});
  return bar;
}

// Strokes of a drum on a sixteenth of the bar, and in all.
struct Count { int here = 0, all = 0; };
Count count(const Groove& groove, int drum, std::initializer_list<int> places) {
  Count c;
  for (const GrooveStroke& stroke : groove) {
    if (stroke.drum != drum) continue;
    ++c.all;
    c.here += std::find(places.begin(), places.end(), stroke.onset % kBar / kGrooveStep) != places.end();
  }
  return c;
}

}  // namespace

TEST_CASE("A groove lies in its bars, on sixteenths, once a drum, with strokes a drummer can play") {
  for (uint32_t seed = 1; seed < 20; ++seed) {
    const std::vector<Groove> three = grooves_for(wish(4, seed), 3);
    for (const Groove& groove : three) {
      CHECK(groove.size() > 16);
      CHECK(groove.size() < 4 * 48);
      std::map<std::pair<int, int>, int> seen;
      for (const GrooveStroke& s : groove) {
        CHECK((s.onset >= 4 * kBar && s.onset < 8 * kBar && s.onset % kGrooveStep == 0));
        CHECK((s.velocity >= 1 && s.velocity <= 127 && std::abs(s.late) <= 60));
        CHECK(++seen[{s.onset, s.drum}] == 1);
      }
    }
  }
}

TEST_CASE("A rock beat goes on: bass on one and three, snare on two and four, the hat in eighths") {
  GrooveWish w = wish(4);
  for (const int bar : {2, 3}) {
    for (const GrooveStroke& stroke : rock_bar(bar * kBar)) w.before.push_back(stroke);
  }
  Groove all;
  for (w.seed = 1; w.seed <= 8; ++w.seed) {
    const std::vector<Groove> three = grooves_for(w, 3);
    for (const Groove& groove : three) all.insert(all.end(), groove.begin(), groove.end());
  }
  const Count bass = count(all, kBass, {0, 8}), snare = count(all, kSnare, {4, 12}), hat = count(all, kClosedHat, {0, 2, 4, 6, 8, 10, 12, 14});
  CHECK(bass.here > 24 * 4 * 2 * .8);
  CHECK(snare.here > 24 * 4 * 2 * .8);
  CHECK(hat.here > .9 * hat.all);
  double loud = 0, soft = 0;
  int backbeats = 0, others = 0;
  for (const GrooveStroke& s : all) {
    if (s.drum != kSnare) continue;
    const bool backbeat = s.onset % 48 == 24;
    (backbeat ? loud : soft) += s.velocity;
    ++(backbeat ? backbeats : others);
  }
  CHECK(loud / backbeats > 80);
  if (others) CHECK(loud / backbeats > soft / others + 15);         // other strokes are ghosts or fills
}

TEST_CASE("Grooves: three are of three styles, one seed is one groove, busier has more strokes") {
  const std::vector<Groove> a = grooves_for(wish(4, 7), 3), b = grooves_for(wish(4, 7), 3);
  const auto same = [](const Groove& x, const Groove& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const GrooveStroke& s, const GrooveStroke& t) { return s.onset == t.onset && s.drum == t.drum; });
  };
  REQUIRE(a.size() == 3);
  for (size_t i = 0; i < 3; ++i) CHECK(same(a[i], b[i]));
  CHECK_FALSE(same(a[0], a[1]));
  size_t strokes[2] = {};
  for (uint32_t seed = 1; seed < 10; ++seed) {
    GrooveWish w = wish(4, seed);
    for (const int busy : {0, 1}) {
      w.busy = busy;
      strokes[busy] += grooves_for(w, 1)[0].size();
    }
  }
  CHECK(strokes[1] > strokes[0] * 3 / 2);
}

TEST_CASE("Grooves: the bass and snare drum meet the melody more than chance would have it") {
  int met[2] = {}, all[2] = {};
  for (uint32_t seed = 1; seed < 30; ++seed) {
    GrooveWish w = wish(4, seed);
    Melody melody;
    for (int bar = 4; bar < 8; ++bar) {
      for (const int step : {0, 3, 6, 10, 13}) melody.push_back({bar * kBar + step * kGrooveStep, 12, 60});
    }
    for (const int with : {0, 1}) {
      if (with) w.melody = melody;
      const Groove groove = grooves_for(w, 1)[0];
      for (const GrooveStroke& s : groove) {
        if (s.drum > kSnare) continue;
        ++all[with];
        for (const MelodyNote& note : melody) met[with] += note.onset == s.onset;
      }
    }
  }
  CHECK(double(met[1]) / all[1] > double(met[0]) / all[0]);
}

TEST_CASE("Grooves in three four and other bars, without a bar, for no time") {
  GrooveWish w = wish(1);
  w.bar = 72, w.from = 72 * 4, w.to = 72 * 8;
  const Groove waltz = grooves_for(w, 1)[0];
  for (const GrooveStroke& s : waltz) CHECK((s.onset >= w.from && s.onset < w.to));
  w.bar = 7;
  CHECK(grooves_for(w, 2).size() == 2);
  w.to = w.from;
  CHECK(grooves_for(w, 1)[0].empty());
}

TEST_CASE("General MIDI keys of drums, there and back") {
  for (int drum = 0; drum < kGrooveDrums; ++drum) CHECK(drum_of_key(key_of_drum(drum)) == drum);
  CHECK(drum_of_key(60) == -1);
  CHECK(drum_of_key(0) == -1);
}
