#include "song/chain.h"

#include <doctest/doctest.h>

#include "song/codec.h"
#include "song/edit.h"
#include "song/history.h"
#include "song/json.h"
#include "song/link.h"

using namespace arietta;

namespace {

struct Studio {
  Document song;
  Ops ops;
  Id track = 0;

  Studio() {
    track = add_track(song, ops, "Lead", DeviceKind::poly_synth);
    apply();
  }
  void apply() {
    for (Op& op : ops) song.apply(std::move(op));
    ops.clear();
  }
  Id effect(Id owner, int at = -1) {
    const Id id = add_effect(song, ops, owner, DeviceKind::reverb, at);
    apply();
    return id;
  }
  std::vector<Id> chain(Id owner) const {
    std::vector<Id> ids;
    for (const Effect& effect : effects_of(song, owner)) ids.push_back(effect.id);
    return ids;
  }
};

}  // namespace

TEST_CASE("Effects stand between the instrument and the strip, in the order they were put in") {
  Studio s;
  const Id a = s.effect(s.track), b = s.effect(s.track), first = s.effect(s.track, 0);
  CHECK(s.chain(s.track) == std::vector<Id>{first, a, b});
  const auto& devices = s.song.children(s.track, Kind::device);
  REQUIRE(devices.size() == 5);
  CHECK(devices.front() == instrument_of(s.song, s.track)->id);
  CHECK(devices.back() == strip_of(s.song, s.track)->id);
}

TEST_CASE("An effect moves to any place, and one that is taken out leaves the others as they were") {
  Studio s;
  const Id a = s.effect(s.track), b = s.effect(s.track), c = s.effect(s.track);
  move_effect(s.song, s.ops, s.track, c, 0);
  s.apply();
  CHECK(s.chain(s.track) == std::vector<Id>{c, a, b});
  move_effect(s.song, s.ops, s.track, c, 2);
  s.apply();
  CHECK(s.chain(s.track) == std::vector<Id>{a, b, c});
  remove(s.ops, b, Kind::device);
  s.apply();
  CHECK(s.chain(s.track) == std::vector<Id>{a, c});
}

TEST_CASE("A chain takes eight effects, the song four buses, and neither takes more") {
  Studio s;
  for (int i = 0; i < kMaxEffects; ++i) CHECK(s.effect(s.track) != 0);
  CHECK(s.effect(s.track) == 0);
  for (int i = 0; i < kMaxBuses; ++i) {
    CHECK(add_bus(s.song, s.ops, "Bus") != 0);
    s.apply();
  }
  CHECK(add_bus(s.song, s.ops, "Bus") == 0);
  CHECK(buses_of(s.song) == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE("Only effects go into a chain: no instrument, no strip, no limiter") {
  Studio s;
  for (const DeviceKind kind : {DeviceKind::poly_synth, DeviceKind::strip, DeviceKind::limiter, DeviceKind::none})
    CHECK(add_effect(s.song, s.ops, s.track, kind) == 0);
  CHECK(s.ops.empty());
}

TEST_CASE("People who change one chain at once end with the same chain, whoever's edits come first") {
  Studio base;
  const Id a = base.effect(base.track), b = base.effect(base.track);
  Document peers[2] = {base.song, base.song};
  Ops said[2];
  for (int i = 0; i < 2; ++i) {
    peers[i].set_actor(uint32_t(10 + i));
    Ops ops;
    add_effect(peers[i], ops, base.track, DeviceKind::reverb, 1);
    if (i == 1) move_effect(peers[i], ops, base.track, b, 0);
    for (Op& op : ops) {
      op.stamp = make_stamp(1000 + said[i].size(), uint32_t(10 + i));
      said[i].push_back(op);
    }
  }
  for (int i = 0; i < 2; ++i)
    for (int who : {i, 1 - i})
      for (const Op& op : said[who]) peers[i].apply(op);
  const auto first = effects_of(peers[0], base.track), second = effects_of(peers[1], base.track);
  REQUIRE(first.size() == 4);
  REQUIRE(second.size() == 4);
  for (size_t i = 0; i < 4; ++i) CHECK(first[i].id == second[i].id);
  CHECK(peers[0].content_hash() == peers[1].content_hash());
  CHECK((first[0].id == a || first[0].id == b));
}

TEST_CASE("Chains, buses, sends and side-chains come back from links, projects and JSON") {
  Studio s;
  const Id effect = s.effect(s.track);
  s.effect(kSongId);
  s.effect(kSongId);
  const Id drums = add_track(s.song, s.ops, "Drums", DeviceKind::drum_kit);
  const Id bus = add_bus(s.song, s.ops, "Hall");
  s.apply();
  s.effect(bus);
  set_side_chain(s.song, s.ops, effect, drums);
  set_field(s.ops, effect, Kind::device, field::device::bypass, int64_t(1));
  set_param(s.song, s.ops, strip_of(s.song, s.track)->id, bus_send_param(1), -9);
  s.apply();
  const auto same = [&](const Document& again) {
    CHECK(again.content_hash() == s.song.content_hash());
    CHECK(effects_of(again, kSongId).size() == 2);
    const Id lead = again.children(kSongId, Kind::track)[0], second = again.children(kSongId, Kind::track)[1];
    const auto effects = effects_of(again, lead);
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].bypassed);
    CHECK(effects[0].side_chain == second);
    CHECK(bus_track(again, 1) == again.children(kSongId, Kind::track)[2]);
    CHECK(param_of(again, strip_of(again, lead)->id, bus_send_param(1)) == -9);
  };
  const auto text = make_link(s.song);
  REQUIRE(text.ok());
  const auto link = read_link(text.value());
  REQUIRE(link.ok());
  same(link.value());
  const auto bytes = decode_song(encode_song(s.song));
  REQUIRE(bytes.ok());
  same(bytes.value());
  const auto json = song_from_json(song_to_json(s.song));
  REQUIRE(json.ok());
  same(json.value());
}

TEST_CASE("An effect that was put in is undone in one step and comes back with its place") {
  Studio s;
  const Id a = s.effect(s.track);
  const uint64_t before = s.song.content_hash();
  History history(s.song);
  Ops ops;
  add_effect(s.song, ops, s.track, DeviceKind::reverb, 0);
  history.apply(ops, "Add effect");
  const uint64_t with = s.song.content_hash();
  REQUIRE(history.undo());
  CHECK(s.song.content_hash() == before);
  CHECK(s.chain(s.track) == std::vector<Id>{a});
  REQUIRE(history.redo());
  CHECK(s.song.content_hash() == with);
}

TEST_CASE("A side-chain forgets a track that is gone") {
  Studio s;
  const Id effect = s.effect(s.track);
  const Id drums = add_track(s.song, s.ops, "Drums", DeviceKind::drum_kit);
  s.apply();
  set_side_chain(s.song, s.ops, effect, drums);
  s.apply();
  CHECK(effects_of(s.song, s.track)[0].side_chain == drums);
  remove(s.ops, drums, Kind::track);
  s.apply();
  CHECK(effects_of(s.song, s.track)[0].side_chain == 0);
}
