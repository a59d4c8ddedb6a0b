#include "plan/plan_check.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "base/random.h"
#include "tests/support/plan_builder.h"

using namespace arietta;

namespace {

PlanOp op(PlanOpCode code, uint16_t node = 0xffff, uint16_t target = 0, uint16_t source = 0, uint16_t argument = 0) {
  return {uint16_t(code), node, target, source, argument, 0, 1};
}

// One synth with its strip, a reverb, into the output.
PlanBuilder good_plan() {
  PlanBuilder plan;
  plan.params = {{0, 0, 1.0f}, {1, 0, 0.5f}};
  plan.nodes = {{101, uint16_t(DeviceKind::poly_synth), 0, 0, 1, 0, 0, 0},
                {102, uint16_t(DeviceKind::strip), 0, 1, 1, 0, 0, 0},
                {1, uint16_t(DeviceKind::reverb), 0xffff, 0, 0, 0, 0, 0}};
  plan.ops = {op(PlanOpCode::kClear),        op(PlanOpCode::kRender, 0), op(PlanOpCode::kProcess, 1), op(PlanOpCode::kMeter),
              op(PlanOpCode::kSend, 1, 1, 0), op(PlanOpCode::kProcess, 2, 1), op(PlanOpCode::kMix, 0xffff, 0, 1),
              op(PlanOpCode::kOutput)};
  plan.tracks = {{201, 0, 1, 0}};
  return plan;
}

PlanRefusal why(const std::function<void(PlanBuilder&)>& change) {
  PlanBuilder plan = good_plan();
  change(plan);
  return check_plan_head(plan.bytes()).why;
}

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("A sound plan is taken") { CHECK(check_plan_head(good_plan().bytes()).ok()); }

TEST_CASE("Each kind of broken head is refused for its own reason") {
  CHECK(why([](PlanBuilder& p) { p.nodes[0].kind = 999; }) == PlanRefusal::kUnknownDevice);
  CHECK(why([](PlanBuilder& p) { p.nodes[1].id = p.nodes[0].id; }) == PlanRefusal::kBadNode);
  CHECK(why([](PlanBuilder& p) { p.nodes[0].id = 0; }) == PlanRefusal::kBadNode);
  CHECK(why([](PlanBuilder& p) { p.nodes[0].track = 5; }) == PlanRefusal::kBadNode);
  CHECK(why([](PlanBuilder& p) { p.nodes[0].first_param = 0xffffffff; }) == PlanRefusal::kBadNode);
  CHECK(why([](PlanBuilder& p) { p.nodes[0].param_count = 0xffffffff; }) == PlanRefusal::kBadNode);
  CHECK(why([](PlanBuilder& p) { p.params[0].index = 77; }) == PlanRefusal::kBadParam);
  CHECK(why([](PlanBuilder& p) { p.params[0].plain = kNan; }) == PlanRefusal::kBadParam);
  CHECK(why([](PlanBuilder& p) { p.ops[0].code = 99; }) == PlanRefusal::kBadOp);
  CHECK(why([](PlanBuilder& p) { p.ops[0].target = kMaxBuffers; }) == PlanRefusal::kBadOp);
  CHECK(why([](PlanBuilder& p) { p.ops[1].node = 1; }) == PlanRefusal::kBadOp);              // renders a strip
  CHECK(why([](PlanBuilder& p) { p.ops[1].node = 3; }) == PlanRefusal::kBadOp);              // beyond the nodes
  CHECK(why([](PlanBuilder& p) { p.ops[4].node = 2; }) == PlanRefusal::kBadOp);              // sends by a reverb
  CHECK(why([](PlanBuilder& p) { p.ops[6].source = 0; }) == PlanRefusal::kBadOp);            // mixes into itself
  CHECK(why([](PlanBuilder& p) { p.ops[3].argument = 1; }) == PlanRefusal::kBadOp);          // meters no track
  CHECK(why([](PlanBuilder& p) { p.ops.push_back(p.ops[1]); }) == PlanRefusal::kBadOp);      // runs a node twice
  CHECK(why([](PlanBuilder& p) { p.ops[6].gain = kNan; }) == PlanRefusal::kBadOp);
  CHECK(why([](PlanBuilder& p) { p.tempos.clear(); }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.tempos[0].tick = 1; }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.tempos[0].quarters_per_minute = 0; }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.tempos[0].quarters_per_minute = kInfinity; }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.tempos.push_back(p.tempos[0]); }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.meters[0].beats = 0; }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.meters[0].beat_unit = 3; }) == PlanRefusal::kBadTempo);
  CHECK(why([](PlanBuilder& p) { p.tracks[0].instrument = 1; }) == PlanRefusal::kBadTrack);
  CHECK(why([](PlanBuilder& p) { p.tracks[0].strip = 9; }) == PlanRefusal::kBadTrack);
  CHECK(why([](PlanBuilder& p) { p.tracks.push_back(p.tracks[0]); }) == PlanRefusal::kBadTrack);
  CHECK(why([](PlanBuilder& p) { p.loop_start = 5; p.loop_end = 4; }) == PlanRefusal::kBadSection);
  CHECK(why([](PlanBuilder& p) { p.length = -1; }) == PlanRefusal::kBadSection);
  CHECK(why([](PlanBuilder& p) { p.nodes.resize(kMaxNodes + 1); }) == PlanRefusal::kTooManyNodes);
}

TEST_CASE("Waits, sends and automation are looked at as closely as the rest") {
  const auto moving = [](PlanBuilder& p) {
    p.curves = {{1, param::strip::gain_db, 0, 2}, {0, param::poly_synth::cutoff_hz, 2, 1}};
    p.points = {{0, 0.5f, 0}, {960, 1, 1}, {5, 0, 0}};
    p.ops.push_back(op(PlanOpCode::kAlign, 1, 0, 0, 1));
  };
  const auto broken = [&](const std::function<void(PlanBuilder&)>& change) {
    return why([&](PlanBuilder& p) { moving(p), change(p); });
  };
  CHECK(why(moving) == PlanRefusal::kNone);
  CHECK(broken([](PlanBuilder& p) { p.curves[0].node = 3; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.curves[0].param = param::strip::mute; }) == PlanRefusal::kBadCurve);   // cannot move
  CHECK(broken([](PlanBuilder& p) { p.curves[0].param = 999; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.curves[0].point_count = 0; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.curves[1].point_count = 2; }) == PlanRefusal::kBadCurve);              // beyond the points
  CHECK(broken([](PlanBuilder& p) { p.curves[1].first_point = 0; }) == PlanRefusal::kBadCurve);              // another's points
  CHECK(broken([](PlanBuilder& p) { p.points[1].position = kNan; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.points[1].position = 1.5f; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.points[0].tick = 961; }) == PlanRefusal::kBadCurve);
  CHECK(broken([](PlanBuilder& p) { p.ops.back().argument = kMaxAlignGroups; }) == PlanRefusal::kBadOp);
  CHECK(broken([](PlanBuilder& p) { p.ops.push_back(p.ops.back()); }) == PlanRefusal::kBadOp);               // waits twice
  CHECK(broken([](PlanBuilder& p) { p.ops[4].argument = kMaxSends; }) == PlanRefusal::kBadOp);
  CHECK(broken([](PlanBuilder& p) { p.ops.push_back(p.ops[4]); }) == PlanRefusal::kBadOp);                   // sends twice
}

TEST_CASE("A head that is cut off anywhere is refused") {
  const std::vector<uint8_t> whole = good_plan().bytes();
  for (size_t bytes = 0; bytes < whole.size(); ++bytes) {
    const std::vector<uint8_t> part(whole.begin(), whole.begin() + ptrdiff_t(bytes));
    CHECK_FALSE(check_plan_head(part).ok());
  }
}

TEST_CASE("The refusal says which item is wrong") {
  PlanBuilder plan = good_plan();
  plan.ops[5].node = 77;
  CHECK(check_plan_head(plan.bytes()).where == 5);
}

TEST_CASE("Chunks: order, ranges and lengths") {
  const auto check = [](const std::vector<PlanEvent>& events) { return check_plan_chunk(chunk_of(7, events)).why; };
  CHECK(check({}) == PlanRefusal::kNone);
  CHECK(check({note_on(0, 1, 60), note_off(9, 1, 60), controller(9, 64, 0), note_on(9, 2, 60)}) == PlanRefusal::kNone);
  CHECK(check({note_on(9, 1, 60), note_off(8, 1, 60)}) == PlanRefusal::kUnsorted);
  CHECK(check({note_on(9, 2, 60), note_off(9, 1, 60)}) == PlanRefusal::kUnsorted);      // off after on at one tick
  CHECK(check({note_on(0, 1, 128)}) == PlanRefusal::kBadEvent);
  CHECK(check({note_on(0, 0, 60)}) == PlanRefusal::kBadEvent);                          // no id
  CHECK(check({note_on(0, 0x80000001u, 60)}) == PlanRefusal::kBadEvent);                // the id of a live note
  CHECK(check({note_on(0, 1, 60, 0)}) == PlanRefusal::kBadEvent);
  CHECK(check({note_on(0, 1, 60, kNan)}) == PlanRefusal::kBadEvent);
  CHECK(check({controller(0, 7, 1.5f)}) == PlanRefusal::kBadEvent);
  CHECK(check({{0, 0, 0, 99, 0, 0}}) == PlanRefusal::kBadEvent);
  std::vector<uint8_t> cut = chunk_of(7, {note_on(0, 1, 60)});
  cut.pop_back();
  CHECK(check_plan_chunk(cut).why == PlanRefusal::kTooShort);
}

TEST_CASE("Checking in slices finds what checking at once finds") {
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < 100; ++i) events.push_back(note_on(i, i + 1, 60));
  events[63].tick = 10;
  const std::vector<uint8_t> chunk = chunk_of(7, events);
  for (uint32_t slice : {1u, 7u, 63u, 64u, 100u}) {
    PlanVerdict verdict = check_chunk_head(chunk);
    for (uint32_t at = 0; at < 100 && verdict.ok(); at += slice) verdict = check_chunk_events(chunk, at, slice);
    CHECK(verdict.why == PlanRefusal::kUnsorted);
    CHECK(verdict.where == 63);
  }
}

TEST_CASE("A plan with any one byte changed is refused or safe to read") {
  const std::vector<uint8_t> whole = good_plan().bytes();
  Random random(3);
  for (size_t at = 0; at < whole.size(); ++at) {
    std::vector<uint8_t> bytes = whole;
    bytes[at] ^= uint8_t(1 + random.next() % 255);
    check_plan_head(bytes);                        // the sanitizers watch
  }
  CHECK(refusal_sentence(PlanRefusal::kUnsorted) != refusal_sentence(PlanRefusal::kBadEvent));
}
