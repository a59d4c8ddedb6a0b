// Which node works on which buffer, in which order.
#include "compile/routing.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "compile/compile_plan.h"
#include "plan/plan_check.h"
#include "plan/plan_view.h"
#include "song/chain.h"
#include "song/defaults.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

// Nodes of the master; tracks start at 10.
MasterRoute master(std::vector<EffectRoute> effects = {}) { return {0, 1, 2, std::move(effects)}; }

// Where in the list the node is rendered or processed; -1 when it is not.
int place(const std::vector<PlanOp>& ops, uint16_t node) {
  for (size_t i = 0; i < ops.size(); ++i) {
    const auto code = PlanOpCode(ops[i].code);
    if ((code == PlanOpCode::kRender || code == PlanOpCode::kProcess) && ops[i].node == node) return int(i);
  }
  return -1;
}

const PlanOp& op_of(const std::vector<PlanOp>& ops, uint16_t node) { return ops[size_t(place(ops, node))]; }

Id effect_on(SongBuilder& song, Id owner) {
  Ops ops;
  const Id id = add_effect(song.document, ops, owner, DeviceKind::reverb);
  song.apply(ops);
  return id;
}

}  // namespace

TEST_CASE("A track goes through its effects in order, then its strip") {
  const auto ops = route({{10, 11, 0, {{12}, {13}}}}, master());
  CHECK(place(ops, 10) < place(ops, 12));
  CHECK(place(ops, 12) < place(ops, 13));
  CHECK(place(ops, 13) < place(ops, 11));
}

TEST_CASE("The master's effects come after every track, bus and the room, and before the limiter") {
  const auto ops = route({{10, 11, 0, {}}, {kNoNode, 20, 1, {{21}}}}, master({{30}}));
  for (uint16_t before : {10, 11, 20, 21, 0}) CHECK(place(ops, before) < place(ops, 30));
  CHECK(place(ops, 30) < place(ops, 1));
  CHECK(place(ops, 30) < place(ops, 2));            // clicks are not coloured by the master's effects
}

TEST_CASE("Every track sends to each bus there is, after its strip") {
  const auto ops = route({{kNoNode, 20, 2, {}}, {10, 11, 0, {}}, {12, 13, 0, {}}}, master());
  for (uint16_t strip : {11, 13}) {
    const auto is_send = [&](const PlanOp& op) {
      return PlanOpCode(op.code) == PlanOpCode::kSend && op.node == strip && op.argument == 2;
    };
    const auto at = std::find_if(ops.begin(), ops.end(), is_send);
    REQUIRE(at != ops.end());
    CHECK(int(at - ops.begin()) > place(ops, strip));
    CHECK(int(at - ops.begin()) < place(ops, 20));
    CHECK(at->target == op_of(ops, 20).target);
  }
  CHECK(std::none_of(ops.begin(), ops.end(), [](const PlanOp& op) {
    return PlanOpCode(op.code) == PlanOpCode::kSend && op.argument == 1;
  }));
}

TEST_CASE("Who listens to another track plays after it, from what it played before its fader") {
  const auto ops = route({{10, 11, 0, {{12, false, 1}}}, {14, 15, 0, {}}}, master({{30, false, 1}}));
  CHECK(place(ops, 14) < place(ops, 10));
  const PlanOp& listens = op_of(ops, 12);
  CHECK(listens.source != listens.target);
  CHECK(op_of(ops, 30).source == listens.source);
  const auto tap = std::find_if(ops.begin(), ops.end(), [&](const PlanOp& op) {
    return PlanOpCode(op.code) == PlanOpCode::kMix && op.target == listens.source;
  });
  REQUIRE(tap != ops.end());
  CHECK(int(tap - ops.begin()) < place(ops, 15));
}

TEST_CASE("Listening in a circle, to itself or to a bus hears only its own input") {
  const auto circle = route({{10, 11, 0, {{12, false, 1}}}, {14, 15, 0, {{16, false, 0}}}}, master());
  const bool first = op_of(circle, 12).source != op_of(circle, 12).target;
  const bool second = op_of(circle, 16).source != op_of(circle, 16).target;
  CHECK(first != second);                          // one of the two can
  const auto self = route({{10, 11, 0, {{12, false, 0}}}}, master());
  CHECK(op_of(self, 12).source == op_of(self, 12).target);
  const auto bus = route({{10, 11, 0, {{12, false, 1}}}, {kNoNode, 20, 1, {}}}, master());
  CHECK(op_of(bus, 12).source == op_of(bus, 12).target);
}

TEST_CASE("The fullest song makes a plan the engine accepts") {
  SongBuilder song;
  Ops ops;
  for (int i = 0; i < kMaxBuses; ++i) {
    add_bus(song.document, ops, "Bus");
    song.apply(ops);
    ops.clear();
  }
  std::vector<Id> tracks;
  while (tracks.size() < size_t(kMaxTracks - kMaxBuses)) tracks.push_back(song.track(DeviceKind::poly_synth));
  for (size_t i = 0; i < 40; ++i)
    for (int effect = 0; effect < kMaxEffects; ++effect) {
      const Id id = effect_on(song, tracks[i]);
      Ops listen;
      set_side_chain(song.document, listen, id, tracks[(i + 1) % 40]);
      song.apply(listen);
    }
  for (int effect = 0; effect < kMaxEffects; ++effect) effect_on(song, kSongId);
  const CompiledPlan plan = PlanCompiler().compile(song.document, {});
  const PlanVerdict verdict = check_plan_head(plan.head);
  CHECK_MESSAGE(verdict.ok(), refusal_sentence(verdict.why));
  const span<const PlanNode> nodes = PlanView(plan.head).nodes();
  CHECK(std::count_if(nodes.begin(), nodes.end(), is_chain_node) == kMaxPlanEffects);
}

TEST_CASE("A solo of a track keeps the buses open; a bus has no instrument") {
  SongBuilder song;
  const Id first = song.track(DeviceKind::poly_synth);
  Ops ops;
  const Id bus = add_bus(song.document, ops, "Hall");
  song.apply(ops);
  song.set(first, Kind::track, field::track::solo, int64_t(1));
  const CompiledPlan plan = PlanCompiler().compile(song.document, {});
  const PlanView view(plan.head);
  REQUIRE(view.tracks().size() == 2);
  CHECK(view.tracks()[1].instrument == kNoNode);
  CHECK(plan.chunks[1].track_id == track_plan_id(bus));
  for (const PlanParam& param : view.params_of(view.nodes()[view.tracks()[1].strip])) CHECK(param.index != param::strip::mute);
}

TEST_CASE("The master's limiter takes its knobs from the song's limiter") {
  Document song = starter_song();
  Ops ops;
  const Id limiter = add_entity(song, ops, Kind::device, kSongId);
  set_field(ops, limiter, Kind::device, field::device::device_kind, int64_t(DeviceKind::limiter));
  for (const Op& op : ops) song.apply(op);
  ops.clear();
  set_param(song, ops, limiter, param::limiter::drive_db, 6);
  for (const Op& op : ops) song.apply(op);
  const CompiledPlan plan = PlanCompiler().compile(song, {});
  const PlanView view(plan.head);
  for (const PlanNode& node : view.nodes())
    if (node.id == kNodeLimiter) {
      REQUIRE(view.params_of(node).size() == 1);
      CHECK(view.params_of(node)[0].plain == 6);
    }
}
