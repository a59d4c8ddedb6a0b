// Effects in the mixer: put in, left out, moved and taken away without a click; paths of different delay in step.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "core/latency.h"
#include "core/mixer.h"
#include "tests/support/plan_builder.h"
#include "tests/support/test_node.h"

using namespace arietta;

namespace {

// A sine of some 190 Hz; counts frames, so that what comes late can be told.
class Tone final : public Device {
 public:
  bool prepare(const AudioSpec&, Arena&) override { return true; }
  void reset() override {}
  void set_param(uint16_t, float) override {}
  Activity render(Block io) override {
    for (int i = 0; i < io.frames; ++i, ++at) {
      io.left[i] += sample(at);
      io.right[i] += sample(at);
    }
    return Activity::kRunning;
  }
  static float sample(int frame) { return frame < 0 ? 0 : 0.5f * std::sin(float(frame) * 0.025f); }
  int at = 0;
};

// Turns the sign, late by `late` frames.
class Late final : public Device {
 public:
  explicit Late(int frames = 0, float gain = -1) : late(frames), gain_(gain) {}
  bool prepare(const AudioSpec&, Arena&) override { return true; }
  void reset() override {
    ++resets;
    for (auto& channel : past)
      for (float& frame : channel) frame = 0;
  }
  void set_param(uint16_t, float) override {}
  int latency_frames() const override { return late; }
  Activity render(Block io) override {
    for (int i = 0; i < io.frames; ++i, at = (at + 1) % 4096) {
      past[0][at] = io.left[i];
      past[1][at] = io.right[i];
      io.left[i] = gain_ * past[0][(at + 4096 - late) % 4096];
      io.right[i] = gain_ * past[1][(at + 4096 - late) % 4096];
    }
    return Activity::kRunning;
  }
  int late, resets = 0;

 private:
  float gain_;
  float past[2][4096] = {};
  int at = 0;
};

constexpr uint16_t kNone = 0xffff;

PlanOp op(PlanOpCode code, uint16_t node, uint16_t target, uint16_t source, uint16_t argument = 0) {
  return {uint16_t(code), node, target, source, argument, 0, 1};
}

// A tone through one effect.
struct OneEffect {
  Tone tone;
  Late effect;
  std::vector<uint8_t> memory = std::vector<uint8_t>(WaitLine::kBytes);
  std::unique_ptr<TestNode> nodes[2] = {std::make_unique<TestNode>(), std::make_unique<TestNode>()};
  Node* pointers[2] = {nodes[0].get(), nodes[1].get()};
  Outbox outbox;
  Mixer mixer{outbox};
  PlanBuilder plan;
  std::vector<float> heard;

  explicit OneEffect(int late = 0) : effect(late) {
    pointers[0]->kind = DeviceKind::poly_synth;
    pointers[0]->device = &tone;
    pointers[1]->kind = DeviceKind::reverb;
    pointers[1]->device = &effect;
    pointers[1]->in_chain = true;
    pointers[1]->wet = 0;
    pointers[1]->empty_frames = late;
    if (late) pointers[1]->line.lend(memory);
    pointers[1]->line.set_wait(late);
    plan.ops = {op(PlanOpCode::kClear, kNone, 0, 0), op(PlanOpCode::kRender, 0, 0, 0), op(PlanOpCode::kProcess, 1, 0, 0),
                op(PlanOpCode::kOutput, kNone, 0, 0)};
  }
  void play(int blocks, bool bypassed, Mixer::Fade fade = {}) {
    plan.ops[2].argument = bypassed ? kBypassed : 0;
    const std::vector<uint8_t> head = plan.bytes();
    for (int i = 0; i < blocks; ++i) {
      mixer.run_block(PlanView(head), pointers, fade, 120);
      heard.insert(heard.end(), mixer.left(), mixer.left() + kMaxBlock);
    }
  }
  float steepest() const {
    float most = 0;
    for (size_t i = 1; i < heard.size(); ++i) most = std::max(most, std::fabs(heard[i] - heard[i - 1]));
    return most;
  }
};

}  // namespace

TEST_CASE("An effect that is left out is not heard at all, and one that is in is heard alone") {
  OneEffect one;
  one.play(20, true);
  for (int i = 0; i < 640; ++i) CHECK(one.heard[size_t(i)] == Tone::sample(i));
  one.play(20, false);
  for (int i = 900; i < 1280; ++i) CHECK(one.heard[size_t(i)] == -Tone::sample(i));
  one.play(20, true);
  for (int i = 1540; i < 1920; ++i) CHECK(one.heard[size_t(i)] == Tone::sample(i));
}

TEST_CASE("Switching an effect never makes a step steeper than a fade of 5 ms has") {
  for (int late : {0, 100}) {
    OneEffect one(late);
    for (int turn = 0; turn < 12; ++turn) one.play(17 + turn, turn % 2 != 0);
    // The tone itself climbs 0.0125 a frame; a fade over 256 frames from 0.5 to -0.5 adds 0.004.
    CHECK(one.steepest() < 0.0175f);
  }
}

TEST_CASE("An effect left out keeps its delay, so that nothing jumps in time") {
  OneEffect one(100);
  one.play(20, true);
  for (int i = 200; i < 640; ++i) CHECK(one.heard[size_t(i)] == doctest::Approx(Tone::sample(i - 100)));
  one.play(20, false);                             // it fills for 100 frames, then fades in
  for (int i = 1024; i < 1280; ++i) CHECK(one.heard[size_t(i)] == doctest::Approx(-Tone::sample(i - 100)));
}

TEST_CASE("An effect that leaves fades to what it was given; one left out starts afresh when it comes back") {
  OneEffect one;
  one.play(20, false);
  one.pointers[1]->leaving = true;
  for (int i = 0; i < 8; ++i) one.play(1, false, {1 - float(i) / 8, 1 - float(i + 1) / 8});
  CHECK(one.heard.back() == doctest::Approx(Tone::sample(28 * kMaxBlock - 1)));
  CHECK(one.steepest() < 0.0175f);
  one.pointers[1]->leaving = false;
  one.effect.resets = 0;
  one.play(20, true);
  CHECK(one.effect.resets == 1);
}

TEST_CASE("Paths through slower devices wait for none, faster ones wait for them") {
  // Two tracks, one 70 frames late; a bus 30 frames late; a master effect 10 frames late.
  Tone tones[3];
  Late slow(70, 1), bus(30, 1), finish(10, 1), none(0, 1);
  std::vector<std::unique_ptr<TestNode>> nodes;
  std::vector<Node*> pointers;
  const auto add = [&](Device& device, DeviceKind kind) {
    nodes.push_back(std::make_unique<TestNode>());
    nodes.back()->device = &device;
    nodes.back()->kind = kind;
    pointers.push_back(nodes.back().get());
    return uint16_t(nodes.size() - 1);
  };
  const uint16_t a = add(tones[0], DeviceKind::poly_synth), b = add(tones[1], DeviceKind::poly_synth);
  const uint16_t click = add(tones[2], DeviceKind::metronome), slow_node = add(slow, DeviceKind::reverb);
  const uint16_t bus_node = add(bus, DeviceKind::reverb), finish_node = add(finish, DeviceKind::reverb);
  const uint16_t strip_a = add(none, DeviceKind::strip), strip_b = add(none, DeviceKind::strip);
  const uint16_t strip_bus = add(none, DeviceKind::strip), limiter = add(none, DeviceKind::limiter);
  PlanBuilder plan;
  for (const auto& node : nodes) plan.nodes.push_back({uint32_t(100 + plan.nodes.size()), uint16_t(node->kind), 0xffff, 0, 0, 0, 0, 0});
  using enum PlanOpCode;
  plan.ops = {op(kClear, kNone, 0, 0), op(kClear, kNone, 1, 1),
              op(kClear, kNone, 2, 2), op(kRender, a, 2, 2), op(kProcess, slow_node, 2, 2), op(kAlign, strip_a, 2, 2, 0),
              op(kMix, kNone, 0, 2),
              op(kClear, kNone, 2, 2), op(kRender, b, 2, 2), op(kAlign, strip_b, 2, 2, 0), op(kMix, kNone, 0, 2),
              op(kMix, kNone, 1, 2),
              op(kAlign, limiter, 0, 0, 1),
              op(kProcess, bus_node, 1, 1), op(kAlign, strip_bus, 1, 1, 1), op(kMix, kNone, 0, 1),
              op(kProcess, finish_node, 0, 0),
              op(kClear, kNone, 3, 3), op(kRender, click, 3, 3), op(kAlign, click, 3, 0), op(kMix, kNone, 0, 3),
              op(kOutput, kNone, 0, 0)};
  const std::vector<uint8_t> head = plan.bytes();
  int waits[kMaxNodes] = {};
  CHECK(find_waits(PlanView(head), pointers.data(), waits) == 110);
  CHECK(waits[strip_a] == 0);
  CHECK(waits[strip_b] == 70);
  CHECK(waits[limiter] == 30);
  CHECK(waits[strip_bus] == 0);
  CHECK(waits[click] == 110);
  std::vector<std::vector<uint8_t>> memory(nodes.size(), std::vector<uint8_t>(WaitLine::kBytes));
  for (size_t i = 0; i < nodes.size(); ++i)
    if (waits[i] > 0) {
      nodes[i]->line.lend(memory[i]);
      nodes[i]->line.set_wait(waits[i]);
    }
  Outbox outbox;
  auto mixer = std::make_unique<Mixer>(outbox);
  std::vector<float> heard;
  for (int i = 0; i < 40; ++i) {
    mixer->run_block(PlanView(head), pointers.data(), {}, 120);
    heard.insert(heard.end(), mixer->left(), mixer->left() + kMaxBlock);
  }
  // Both tracks, the bus's copy of the second, and the click: four times the tone, all 110 frames late.
  for (int i = 300; i < 1280; ++i) CHECK(heard[size_t(i)] == doctest::Approx(4 * Tone::sample(i - 110)).epsilon(1e-4));
}
