#include "core/sequencer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tests/support/plan_builder.h"
#include "tests/support/test_node.h"

using namespace arietta;

namespace {

constexpr float kRate = 48000;
constexpr double kFramesPerTick = 25;           // 120 quarters a minute, 960 ticks a quarter, 48 kHz
using Type = NoteEventType;

struct Heard { int64_t frame; NoteEvent event; };

// A sequencer with one track, and everything its instrument was told, with frames from the start.
struct Player {
  std::vector<uint8_t> memory = std::vector<uint8_t>(4 << 20);
  Sequencer sequencer;
  std::unique_ptr<TestNode> node = std::make_unique<TestNode>(), clicks = std::make_unique<TestNode>();
  std::vector<uint8_t> head;
  std::vector<PlanEvent> events;
  std::vector<Heard> heard, clicked;
  int64_t frame = 0;

  explicit Player(std::vector<PlanEvent> track, const PlanBuilder& plan = {}) {
    Arena arena(memory);
    REQUIRE(sequencer.prepare(kRate, arena));
    load(std::move(track), plan);
  }
  void load(std::vector<PlanEvent> track, const PlanBuilder& plan = {}) { load_into(*node, std::move(track), plan); }
  void load_into(Node& instrument, std::vector<PlanEvent> track, const PlanBuilder& plan = {}) {
    std::vector<PlanEvent> before = std::move(events);      // stays alive until the new one is in
    std::vector<uint8_t> head_before = std::move(head);
    events = std::move(track);
    head = plan.bytes();
    const Sequencer::Part part{7, events, {}, &instrument};
    sequencer.adopt(PlanView(head), {&part, 1}, clicks.get());
  }
  void run(int64_t frames) {
    for (const int64_t end = frame + frames; frame < end; frame += kMaxBlock) {
      sequencer.run_block(kMaxBlock);
      take(*node, heard);
      take(*clicks, clicked);
    }
  }
  std::vector<Heard> of(Type type) const {
    std::vector<Heard> out;
    for (const Heard& each : heard)
      if (each.event.type == type) out.push_back(each);
    return out;
  }

 private:
  void take(Node& from, std::vector<Heard>& into) {
    for (int i = 0; i < from.event_count; ++i) {
      CHECK((i == 0 || from.events[i - 1].frame <= from.events[i].frame));
      into.push_back({frame + from.events[i].frame, from.events[i]});
    }
    from.event_count = 0;
  }
};

}  // namespace

TEST_CASE("Events come at their exact frame, whatever block they fall into") {
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < 40; ++i) {
    events.push_back(note_on(i * 7, 2 * i + 1, 60));
    events.push_back(note_off(i * 7 + 3, 2 * i + 1, 60));
  }
  Player player(events);
  player.sequencer.play();
  player.run(40 * 7 * 25 + 64);
  REQUIRE(player.heard.size() == 80);
  for (size_t i = 0; i < 40; ++i) {
    CHECK(player.heard[2 * i].frame == int64_t(i * 7 * 25));
    CHECK(player.heard[2 * i + 1].frame == int64_t((i * 7 + 3) * 25));
  }
}

TEST_CASE("A tempo that is no whole number of frames never drifts") {
  PlanBuilder plan;
  plan.tempos = {{0, 97.3}};
  plan.length = 960 * 400;
  std::vector<PlanEvent> events;
  for (uint32_t beat = 0; beat < 400; ++beat) events.push_back(note_on(beat * 960, beat + 1, 60));
  Player player(events, plan);
  player.sequencer.play();
  player.run(int64_t(400 * 60 / 97.3 * kRate));
  REQUIRE(player.of(Type::kNoteOn).size() == 400);
  for (const Heard& each : player.of(Type::kNoteOn))
    CHECK(std::abs(double(each.frame) - double(each.event.id - 1) * 60 / 97.3 * kRate) <= 0.5);
}

TEST_CASE("A tempo change takes effect at its tick, to the microsecond") {
  PlanBuilder plan;
  plan.tempos = {{0, 120}, {960, 60}, {1920, 240}};
  Player player({note_on(0, 1, 60), note_on(960, 2, 60), note_on(1440, 3, 60), note_on(1920, 4, 60), note_on(2880, 5, 60)}, plan);
  player.sequencer.play();
  player.run(48000 * 2);
  const std::vector<Heard> ons = player.of(Type::kNoteOn);
  REQUIRE(ons.size() == 5);
  const int64_t expected[] = {0, 24000, 48000, 72000, 84000};
  for (size_t i = 0; i < 5; ++i) CHECK(ons[i].frame == expected[i]);
}

TEST_CASE("A loop turns to the sample, for ever, and lets no note hang") {
  PlanBuilder plan;
  plan.tempos = {{0, 133.7}};
  plan.length = 3840;
  Player player({note_on(480, 1, 60), note_on(960, 2, 64), note_off(3000, 1, 60), note_off(3001, 2, 64)}, plan);
  player.sequencer.set_loop(true, 480, 1440);       // both notes end beyond the loop
  player.sequencer.play();
  player.run(int64_t(kRate) * 60);
  const double turn = 60 / 133.7 * kRate, start = turn / 2;
  const std::vector<Heard> ons = player.of(Type::kNoteOn), offs = player.of(Type::kNoteOff);
  REQUIRE(ons.size() > 200);
  for (size_t i = 0; i < ons.size(); ++i)
    CHECK(std::abs(double(ons[i].frame) - (start + double(i / 2) * turn + (i % 2) * turn / 2)) <= 0.5);
  for (size_t i = 0; i < offs.size(); ++i)
    CHECK(std::abs(double(offs[i].frame) - (start + double(i / 2 + 1) * turn)) <= 0.5);
  CHECK(offs.size() + 2 >= ons.size());
}

TEST_CASE("Playing beyond the loop's end goes on to the song's end") {
  PlanBuilder plan;
  plan.length = 1920;
  Player player({note_on(1000, 1, 60)}, plan);
  player.sequencer.set_loop(true, 0, 480);
  player.sequencer.seek(960);
  player.sequencer.play();
  player.run(48000);
  CHECK(player.of(Type::kNoteOn).size() == 1);
  CHECK_FALSE(player.sequencer.playing());
  CHECK(player.sequencer.take_song_ended());
  CHECK_FALSE(player.sequencer.take_song_ended());
}

TEST_CASE("The song's end releases what sounds and stops at the last tick") {
  PlanBuilder plan;
  plan.length = 1000;
  Player player({note_on(0, 1, 60)}, plan);
  player.sequencer.play();
  player.run(48000);
  REQUIRE(player.of(Type::kNoteOff).size() == 1);
  CHECK(player.of(Type::kNoteOff)[0].frame == 25000);
  CHECK(player.sequencer.tick_at_frame(player.frame) == 1000);
  player.heard.clear();
  player.sequencer.play();                          // from the start again
  player.run(64);
  CHECK(player.of(Type::kNoteOn).size() == 1);
}

TEST_CASE("A seek brings controllers, bend and program to their place and starts the notes that sound there") {
  PlanEvent bend{100, 0, 1.5f, uint8_t(Type::kBend), 0, 0};
  PlanEvent program{110, 0, 8, uint8_t(Type::kProgram), 42, 0};
  Player player({controller(0, 7, 0.9f), note_on(10, 3, 48), note_off(20, 3, 48), controller(50, 7, 0.4f), bend, program, note_on(120, 1, 60), controller(130, 64, 1),
                 note_off(2000, 1, 60), controller(2100, 7, 0.2f), note_on(2200, 2, 62)});
  player.run(32);
  player.heard.clear();                             // what the song says at its first tick came at once
  player.sequencer.seek(1000);
  player.sequencer.play();
  player.run(32);
  REQUIRE(player.of(Type::kNoteOn).size() == 1);    // of two that began before, the one that has not ended
  CHECK(player.of(Type::kNoteOn)[0].event.id == 1);
  REQUIRE(player.of(Type::kBend).size() == 1);
  CHECK(player.of(Type::kBend)[0].event.value == 1.5f);
  REQUIRE(player.of(Type::kProgram).size() == 1);
  CHECK(player.of(Type::kProgram)[0].event.key == 42);
  CHECK(player.of(Type::kProgram)[0].event.value == 8);
  const std::vector<Heard> moved = player.of(Type::kController);
  REQUIRE(moved.size() == 2);
  CHECK(moved[0].event.key == 7);
  CHECK(moved[0].event.value == 0.4f);
  CHECK(moved[1].event.key == 64);
  CHECK(moved[1].event.value == 1);

  player.heard.clear();
  player.sequencer.seek(0);                         // back to where nothing was said: everything rests
  player.run(32);
  bool pedal_up = false, straight = false;
  for (const Heard& each : player.heard) {
    pedal_up = pedal_up || (each.event.type == Type::kController && each.event.key == 64 && each.event.value == 0);
    straight = straight || (each.event.type == Type::kBend && each.event.value == 0);
  }
  CHECK(pedal_up);
  CHECK(straight);
}

TEST_CASE("An instrument that arrives in the middle of a note plays the rest of it") {
  Player player({note_on(0, 1, 60), note_off(1900, 1, 60)});
  player.sequencer.play();
  player.run(9600);
  player.heard.clear();
  TestNode arrived;
  player.load_into(arrived, player.events);
  player.run(32);
  REQUIRE(arrived.event_count == 1);
  CHECK(arrived.events[0].type == Type::kNoteOn);
  CHECK(arrived.events[0].key == 60);
}

TEST_CASE("A pause releases notes, keeps the place and goes on from it without missing or repeating an event") {
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < 200; ++i) events.push_back(note_on(i * 11, i + 1, 60));
  Player player(events);
  player.node->kind = DeviceKind::drum_kit;         // drums are not started again in the middle
  player.sequencer.play();
  for (int part = 0; part < 40; ++part) {
    player.run(32 * 41);
    player.sequencer.stop(false);
    player.run(96);
    player.sequencer.play();
  }
  player.run(32 * 41);
  const std::vector<Heard> ons = player.of(Type::kNoteOn);
  REQUIRE(ons.size() > 190);
  for (size_t i = 0; i < ons.size(); ++i) CHECK(ons[i].event.id == i + 1);
}

TEST_CASE("An edit while playing: the same notes sound on, changed ones are released, later ones come") {
  const PlanEvent first = note_on(0, 1, 60), second = note_on(0, 2, 64), third = note_on(0, 3, 67);
  Player player({first, second, third, note_off(1900, 1, 60), note_off(1900, 2, 64), note_off(1900, 3, 67)});
  player.sequencer.play();
  player.run(960 * 25 / 2);
  player.heard.clear();
  // 1 ends later, 2 changed its key, 3 is gone, 4 is new.
  player.load({first, note_on(0, 2, 65), note_on(900, 4, 72), note_off(1000, 4, 72), note_off(1900, 2, 65), note_off(3000, 1, 60)});
  player.run(32);
  std::vector<uint32_t> released;
  for (const Heard& each : player.of(Type::kNoteOff)) released.push_back(each.event.id);
  std::sort(released.begin(), released.end());
  CHECK(released == std::vector<uint32_t>{2, 3});
  player.run(int64_t(3100 * kFramesPerTick) - player.frame);
  REQUIRE(player.of(Type::kNoteOn).size() == 1);
  CHECK(player.of(Type::kNoteOn)[0].frame == 900 * 25);
  const Heard last = player.of(Type::kNoteOff).back();
  CHECK(last.event.id == 1);
  CHECK(last.frame == 3000 * 25);
}

TEST_CASE("Edits at any moment neither lose nor repeat an event") {
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < 300; ++i) events.push_back(note_on(i * 5, i + 1, 60));
  PlanBuilder plan;
  plan.tempos = {{0, 171.3}};
  Player player(events, plan);
  player.sequencer.play();
  for (int i = 0; i < 500; ++i) {
    player.load(events, plan);
    player.run(32);
  }
  const std::vector<Heard> ons = player.of(Type::kNoteOn);
  REQUIRE(ons.size() > 150);
  for (size_t i = 0; i < ons.size(); ++i) CHECK(ons[i].event.id == i + 1);
}

TEST_CASE("The metronome clicks on beats and accents bars, also across a meter change") {
  PlanBuilder plan;
  plan.meters = {{0, 3, 4, 0}, {2880, 6, 8, 0}};
  plan.length = 2880 * 2;
  Player player({}, plan);
  player.sequencer.set_metronome(true);
  player.sequencer.play();
  player.run(int64_t(5760 * kFramesPerTick));
  std::vector<int64_t> frames;
  std::vector<bool> accents;
  for (const Heard& each : player.clicked) {
    frames.push_back(each.frame / 25);
    accents.push_back(each.event.value == 1);
  }
  CHECK(frames == std::vector<int64_t>{0, 960, 1920, 2880, 3360, 3840, 4320, 4800, 5280});
  CHECK(accents == std::vector<bool>{true, false, false, true, false, false, false, false, false});
}

TEST_CASE("The metronome is silent until it is switched on") {
  Player player({});
  player.sequencer.play();
  player.run(24000);
  CHECK(player.clicked.empty());
  player.sequencer.set_metronome(true);
  player.run(24000);
  CHECK(player.clicked.size() == 1);
}

TEST_CASE("A tempo preview bends time from now on and ends with the next plan") {
  Player player({note_on(960, 1, 60), note_on(1920, 2, 60), note_on(2880, 3, 60)});
  player.sequencer.play();
  player.run(24000 - 24000 % 32);
  player.sequencer.set_tempo_preview(240);
  player.run(16000);
  const std::vector<Heard> ons = player.of(Type::kNoteOn);
  REQUIRE(ons.size() == 2);
  CHECK(std::abs(ons[1].frame - ons[0].frame - 12000) <= 1);
  CHECK(player.sequencer.quarters_per_minute() == doctest::Approx(240));
  player.load({note_on(960, 1, 60), note_on(1920, 2, 60), note_on(2880, 3, 60)});
  CHECK(player.sequencer.quarters_per_minute() == doctest::Approx(120));
}

TEST_CASE("More events at one tick than a block takes come a little later, none is lost") {
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < 1000; ++i) events.push_back(note_on(0, i + 1, uint8_t(i % 128)));
  Player player(events);
  player.sequencer.play();
  player.run(32 * 12);
  CHECK(player.of(Type::kNoteOn).size() == 1000);
}
