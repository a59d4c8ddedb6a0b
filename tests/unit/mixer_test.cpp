#include "core/mixer.h"

#include <doctest/doctest.h>

#include <limits>
#include <memory>
#include <vector>

#include "tests/support/plan_builder.h"
#include "tests/support/test_node.h"

using namespace arietta;

namespace {

// Plays one constant, or what it was told to break with.
class Constant final : public Device {
 public:
  bool prepare(const AudioSpec&, Arena&) override { return true; }
  void reset() override { ++resets; value = healthy; }
  void set_param(uint16_t, float) override {}
  void notes(span<const NoteEvent> events) override { heard += int(events.size()); }
  Activity render(Block io) override {
    ++renders;
    for (int i = 0; i < io.frames; ++i) io.left[i] += value;
    for (int i = 0; i < io.frames; ++i) io.right[i] += value;
    return activity;
  }
  float value = 0.25f, healthy = 0.25f;
  Activity activity = Activity::kRunning;
  int resets = 0, renders = 0, heard = 0;
};

// Two instruments into one buffer.
struct TwoInstruments {
  Constant devices[2];
  std::unique_ptr<TestNode> nodes[2] = {std::make_unique<TestNode>(), std::make_unique<TestNode>()};
  Node* pointers[2];
  Outbox outbox;
  Mixer mixer{outbox};
  std::vector<uint8_t> head;

  TwoInstruments() {
    PlanBuilder plan;
    plan.tracks = {{1, 0, 0, 0}};
    const auto op = [](PlanOpCode code, uint16_t node) { return PlanOp{uint16_t(code), node, 0, 0, 0, 0, 1}; };
    plan.ops = {op(PlanOpCode::kClear, 0xffff), op(PlanOpCode::kRender, 0), op(PlanOpCode::kRender, 1),
                op(PlanOpCode::kMeter, 0xffff), op(PlanOpCode::kOutput, 0xffff)};
    head = plan.bytes();
    for (int i = 0; i < 2; ++i) {
      nodes[i]->id = uint32_t(100 + i);
      nodes[i]->kind = DeviceKind::drum_kit;
      nodes[i]->device = &devices[i];
      pointers[i] = nodes[i].get();
    }
  }
  void run(Mixer::Fade fade = {}) { mixer.run_block(PlanView(head), pointers, fade, 120); }
};

}  // namespace

TEST_CASE("Instruments of one buffer add up") {
  TwoInstruments two;
  two.run();
  for (int i = 0; i < kMaxBlock; ++i) CHECK((two.mixer.left()[i] == 0.5f && two.mixer.right()[i] == 0.5f));
  CHECK(two.mixer.take_peaks(0).left == 0.5f);
  CHECK(two.mixer.take_peaks(0).left == 0);
}

TEST_CASE("A device that breaks is started afresh; the others are not touched; the page is told") {
  const float broken_values[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                                 -std::numeric_limits<float>::infinity()};
  for (float broken : broken_values)
    for (int which : {0, 1}) {
      TwoInstruments two;
      two.devices[which].value = broken;
      two.run();
      for (int i = 0; i < kMaxBlock; ++i) CHECK(two.mixer.left()[i] == 0.25f);
      two.run();
      for (int i = 0; i < kMaxBlock; ++i) CHECK(two.mixer.left()[i] == 0.5f);
      CHECK(two.devices[which].resets == 1);
      CHECK(two.devices[1 - which].resets == 0);
      CHECK(two.mixer.faults() == 1);
      FrameReader reader(two.outbox.packet());
      FrameView frame;
      FaultPayload fault{};
      while (reader.next(frame))
        if (frame.type == Message::fault) frame.get(fault);
      CHECK(fault.code == uint32_t(FaultCode::kNonFinite));
      CHECK(fault.node == uint32_t(100 + which));
    }
}

TEST_CASE("A sleeping instrument costs nothing until an event comes") {
  TwoInstruments two;
  two.devices[0].activity = Activity::kAsleep;
  for (int i = 0; i < 5; ++i) two.run();
  CHECK(two.devices[0].renders == 1);
  CHECK(two.devices[1].renders == 5);
  two.nodes[0]->push({1, 0.5f, NoteEventType::kNoteOn, 60, 0});
  two.run();
  CHECK(two.devices[0].renders == 2);
  CHECK(two.devices[0].heard == 1);
}

TEST_CASE("A leaving instrument goes down in a straight line") {
  TwoInstruments two;
  two.nodes[0]->leaving = true;
  two.run({1, 0});
  CHECK(two.mixer.left()[0] == doctest::Approx(0.25 + 0.25 * 31 / 32));
  CHECK(two.mixer.left()[kMaxBlock - 1] == doctest::Approx(0.25));
}
