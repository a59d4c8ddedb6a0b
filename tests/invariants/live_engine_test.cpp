// The engine while somebody plays, edits and sends it nonsense.
#include <doctest/doctest.h>

#include "base/random.h"
#include "host/wave_bank.h"
#include "song/defaults.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"
#include "tests/support/why.h"

using namespace arietta;

namespace {

constexpr uint32_t kNoSuchNode = 12345;

NoteEvent live_on(uint32_t id, uint8_t key) { return {id, 0.8f, NoteEventType::kNoteOn, key, 0}; }
NoteEvent live_off(uint32_t id, uint8_t key) { return {id, 0, NoteEventType::kNoteOff, key, 0}; }

struct OneSynth {
  SongBuilder song;
  Id track = song.track(DeviceKind::poly_synth);
  uint32_t node = node_plan_id(instrument_of(song.document, track)->id);
};

// The steepest step between two samples: a click shows here first.
float steepest(const Sound& sound) {
  float step = 0;
  for (size_t i = 1; i < sound.left.size(); ++i) step = std::max(step, std::fabs(sound.left[i] - sound.left[i - 1]));
  return step;
}

}  // namespace

TEST_CASE("A key sounds at once, also while the song stands, and ends when it is let go") {
  OneSynth one;
  TestEngine engine;
  engine.load(one.song.document);
  engine.host.send(Message::note_on, live_on(1, 60), one.node);
  const Sound held = engine.play(4800);
  CHECK(peak(held.left, 0, 480) > 0.001f);             // within 10 ms, the limiter's look-ahead included
  CHECK(engine.host.telemetry().voices == 1);
  engine.host.send(Message::note_off, live_off(1, 60), one.node);
  engine.play(48000 * 4);
  CHECK(engine.host.telemetry().voices == 0);
}

TEST_CASE("Playing along does not end the song's own note of the same number") {
  OneSynth one;
  one.song.note(60, 0, 4 * 3840);
  TestEngine engine;
  engine.load(one.song.document);
  engine.host.send(Message::play);
  engine.play(4800);
  for (uint32_t id = 0; id < 2000; ++id) engine.host.send(Message::note_off, live_off(id, 60), one.node);
  engine.play(24000);
  CHECK(engine.host.telemetry().voices == 1);
}

TEST_CASE("Panic is silent within 10 ms and the song goes on") {
  OneSynth one;
  one.song.param(strip_of(one.song.document, one.track)->id, param::strip::reverb_db, -60);
  one.song.note(60, 0, 3840);
  one.song.note(67, 3840, 3840);
  TestEngine engine;
  engine.load(one.song.document);
  engine.host.send(Message::play);
  engine.play(4800);
  engine.host.send(Message::panic);
  const Sound after = engine.play(9600);
  CHECK(peak(after.left, 480) < 1e-4f);
  engine.play(96000);
  CHECK(engine.host.telemetry().voices == 1);
}

TEST_CASE("An edit leaves a sounding note untouched to the last bit") {
  const auto play = [](bool edit) {
    OneSynth one;
    one.song.note(60, 0, 2 * 3840);
    TestEngine engine;
    engine.load(one.song.document);
    engine.host.send(Message::play);
    Sound sound = engine.play(32 * 500);
    if (edit) one.song.note(72, 3 * 3840, 480);          // far ahead
    if (edit) engine.send(one.song.document);
    engine.host.render(32 * 500, sound);
    CHECK((!edit || engine.said(Message::plan_applied)));
    return sound;
  };
  CHECK(play(true).left == play(false).left);
}

TEST_CASE("A track that is deleted while it sounds goes without a click, the others play on") {
  SongBuilder song;
  const Id first = song.track(DeviceKind::poly_synth);
  song.note(45, 0, 4 * 3840);
  song.track(DeviceKind::poly_synth);
  song.note(52, 0, 4 * 3840);
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  const Sound before = engine.play(24000);
  Ops ops;
  remove(ops, first, Kind::track);
  song.apply(ops);
  engine.send(song.document);
  const Sound after = engine.play(24000);
  CHECK(engine.said(Message::plan_applied));
  CHECK(steepest(after) <= steepest(before) * 1.1f);
  CHECK(engine.host.telemetry().voices == 1);
  CHECK(peak(after.left, 12000) > 0.01f);
}

TEST_CASE("A refused plan says why and the old one plays on, to the last bit") {
  const auto play = [](bool disturb) {
    OneSynth one;
    one.song.note(60, 0, 4 * 3840);
    TestEngine engine;
    engine.load(one.song.document);
    engine.host.send(Message::play);
    Sound sound = engine.play(3200);
    if (disturb) {
      CompiledPlan plan = PlanCompiler().compile(starter_song(), {});
      plan.head[offsetof(PlanHead, magic)] ^= 1;
      uint32_t seq = 0;
      REQUIRE(engine.host.send_packet(plan_packet(plan, {}, seq)));
      plan = PlanCompiler().compile(starter_song(), {});
      const uint64_t unknown_hash = 99;
      engine.host.send(Message::plan_begin, PlanBeginPayload{7, uint32_t(plan.head.size())});
      engine.host.send_bytes(Message::plan_head, plan.head);
      engine.host.send(Message::plan_keep, unknown_hash, plan.chunks[0].track_id);
      std::vector<uint32_t> reasons;
      for (const HostedEngine::Said& said : engine.host.take_said())
        if (said.type == Message::plan_refused) reasons.push_back(said.payload[4]);
      CHECK(reasons == std::vector<uint32_t>{uint32_t(PlanRefusal::kBadMagic), uint32_t(PlanRefusal::kMissingChunk)});
    }
    engine.host.render(6400, sound);
    return sound;
  };
  CHECK(play(true).left == play(false).left);
}

TEST_CASE("A plan that lacks a track's notes, or has more than fit, is refused") {
  TestEngine engine;
  CompiledPlan plan = PlanCompiler().compile(starter_song(), {});
  CompiledPlan lacking = plan;
  lacking.chunks.pop_back();
  uint32_t seq = 0;
  CHECK_FALSE(engine.host.load_plan(plan_packet(lacking, {}, seq)).ok());
  CHECK(engine.host.load_plan(plan_packet(plan, {}, seq)).ok());
}

TEST_CASE("The largest song is taken in slices and plays") {
  SongBuilder song;
  song.track(DeviceKind::drum_kit, 960 * 5000);
  std::vector<PlanEvent> events;
  for (uint32_t i = 0; i < uint32_t(kMaxEventsPerTrack); ++i)
    events.push_back({i * 20, i + 1, 0.5f, uint8_t(NoteEventType::kNoteOn), 42, 0});
  CompiledPlan plan = PlanCompiler().compile(song.document, {});
  std::vector<uint8_t> bytes(sizeof(PlanChunkHead) + events.size() * sizeof(PlanEvent));
  const PlanChunkHead head{kChunkMagic, plan.chunks[0].track_id, uint32_t(bytes.size()), uint32_t(events.size()), 0, 0};
  std::memcpy(bytes.data(), &head, sizeof head);
  std::memcpy(bytes.data() + sizeof head, events.data(), events.size() * sizeof(PlanEvent));
  plan.chunks[0].bytes = std::make_shared<const std::vector<uint8_t>>(bytes);
  TestEngine engine;
  uint32_t seq = 0;
  const Result<bool> loaded = engine.host.load_plan(plan_packet(plan, {}, seq));
  REQUIRE_MESSAGE(loaded.ok(), why(loaded));
  engine.host.send(Message::seek, Tick(960 * 4000));
  engine.host.send(Message::play);
  CHECK(peak(engine.play(9600).left) > 0.01f);
}

TEST_CASE("When the samples arrive the synth makes way without a click") {
  SongBuilder song;
  song.track(DeviceKind::soundfont);
  for (int i = 0; i < 16; ++i) song.note(48, i * 960, 900);
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  const Sound synth = engine.play(48000);
  CHECK(peak(synth.left) > 0.01f);
  const uint32_t asset = assets_needed(song.document)[0].asset;
  REQUIRE(engine.host.load_asset(asset, wave_bank()).ok());
  engine.options.ready_assets.insert(asset);
  engine.send(song.document);
  const Sound sampled = engine.play(96000);
  CHECK(engine.said(Message::plan_applied));
  CHECK(peak(sampled.left, 48000) > 0.01f);
  engine.host.send(Message::asset_drop, asset);          // taken away while it sounds: silence, no crash
  engine.play(48000 * 2);
  CHECK(engine.host.telemetry().voices == 0);
}

TEST_CASE("Sounds that are too large, damaged or incomplete are refused and their room is free again") {
  TestEngine engine;
  const uint32_t used = engine.host.telemetry().asset_bytes;
  std::vector<uint8_t> bank = wave_bank();
  bank[0] ^= 1;
  CHECK_FALSE(engine.host.load_asset(5, bank).ok());
  engine.host.send(Message::asset_begin, AssetBeginPayload{6, 0xfffffff0u});
  CHECK(engine.said(Message::asset_refused));
  engine.host.send(Message::asset_begin, AssetBeginPayload{7, 4096});
  engine.host.send(Message::asset_end, uint32_t(7));
  CHECK(engine.said(Message::asset_refused));
  for (uint32_t id = 1; id <= uint32_t(kMaxAssets) + 1; ++id) engine.host.send(Message::asset_begin, AssetBeginPayload{id, 64});
  CHECK(engine.said(Message::asset_refused));
  for (uint32_t id = 1; id <= uint32_t(kMaxAssets) + 1; ++id) engine.host.send(Message::asset_drop, id);
  CHECK(engine.host.telemetry().asset_bytes == used);
  CHECK(engine.host.load_asset(5, wave_bank()).ok());
}

TEST_CASE("A knob that is held is not moved by a plan; afterwards it is") {
  OneSynth one;
  one.song.note(60, 0, 4 * 3840);
  const uint32_t strip = node_plan_id(strip_of(one.song.document, one.track)->id);
  TestEngine engine;
  engine.load(one.song.document);
  engine.host.send(Message::play);
  engine.play(9600);
  const ParamPayload down{param::strip::mute, 1};
  engine.host.send(Message::gesture_begin, down, strip);
  engine.host.send(Message::param_set, down, strip);
  engine.play(48000 * 3);
  one.song.note(64, 3840, 480);
  engine.load(one.song.document);
  CHECK(peak(engine.play(4800).left) < 1e-3f);            // still muted, though the plan says otherwise
  engine.host.send(Message::gesture_end, down, strip);
  one.song.note(67, 2 * 3840, 480);
  engine.load(one.song.document);
  CHECK(peak(engine.play(9600).left) > 0.01f);
}

TEST_CASE("Telemetry tells position, voices, peaks and what was dropped") {
  OneSynth one;
  one.song.note(60, 0, 3840);
  TestEngine engine;
  engine.load(one.song.document);
  engine.host.telemetry();
  engine.host.send(Message::play);
  engine.play(24000);
  TelemetryBlock block = engine.host.telemetry();
  CHECK(block.song_tick == doctest::Approx(960));
  CHECK(block.quarters_per_minute == doctest::Approx(120));
  CHECK(block.playing == 1);
  CHECK(block.voices == 1);
  CHECK(block.track_count == 1);
  CHECK(block.master_peak_left > 0.01f);
  CHECK(block.tracks[0].peak_left > 0.01f);
  CHECK(block.plan_revision == 1);
  CHECK(block.latency_frames >= 31);
  engine.host.send(Message::note_on, live_on(1, 60), kNoSuchNode);
  CHECK(engine.said(Message::dropped));
  CHECK(engine.host.telemetry().dropped == 1);
  for (int i = 0; i < 2 * kMaxBlockEvents; ++i) engine.host.send(Message::note_on, live_on(1, 60), one.node);
  CHECK(engine.host.telemetry().dropped > 1);
  engine.host.send(Message::panic);
  engine.host.send(Message::stop, uint32_t(1));
  engine.play(48000 * 8);
  engine.host.telemetry();
  engine.play(4800);
  block = engine.host.telemetry();
  CHECK(block.song_tick == 0);
  CHECK(block.playing == 0);
  CHECK(block.tracks[0].peak_left == 0);
}

TEST_CASE("Twenty edits of a playing song use no more memory than the first") {
  SongBuilder song;
  for (int i = 0; i < 8; ++i) {
    song.track(DeviceKind::poly_synth);
    for (int n = 0; n < 64; ++n) song.note(40 + n % 30, n * 240, 240);
  }
  TestEngine engine;
  engine.load(song.document);
  engine.host.send(Message::play);
  engine.play(4800);
  song.note(60, 0, 240);
  engine.load(song.document);
  const uint32_t before = engine.host.telemetry().arena_high_water;
  for (int edit = 0; edit < 20; ++edit) {
    song.note(60 + edit, edit * 100, 240);
    engine.load(song.document);
    engine.play(2400);
  }
  CHECK(engine.host.telemetry().arena_high_water == before);
  CHECK(engine.host.telemetry().faults == 0);
}

TEST_CASE("Packets of noise change nothing that matters") {
  TestEngine engine;
  engine.load(starter_song());
  engine.host.send(Message::play);
  Random random(23);
  for (int round = 0; round < 3000; ++round) {
    const uint16_t types[] = {16, 17, 18, 19, 20, 21, 32, 33, 34, 35, 48, 49, 50, 64, 65, 66, 67, 68, 80, 81, 82, 83, 96, 97, 98, 500};
    std::vector<uint8_t> payload(random.next() % 64);
    for (uint8_t& byte : payload) byte = uint8_t(random.next() >> 9);
    engine.host.send_bytes(Message(types[random.next() % std::size(types)]), payload, random.next() % 5);
    const Sound sound = engine.play(64);
    REQUIRE(std::isfinite(peak(sound.left)));
    REQUIRE(peak(sound.left) <= 1);
  }
  engine.load(starter_song());
  engine.host.send(Message::reset);
  engine.host.send(Message::loop, LoopPayload{});
  engine.host.send(Message::play);
  CHECK(peak(engine.play(48000).left) > 0.05f);
}

TEST_CASE("Edits that overtake each other before the engine gets to run: the last one counts, none is refused") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  TestEngine engine;
  for (int edit = 0; edit < 5; ++edit) {
    song.note(60 + edit, edit * 480, 400);
    song.track(DeviceKind::drum_kit);                      // the tracks before it are only named, not sent again
    engine.send(song.document);
  }
  engine.play(32 * 40);
  int applied = 0, refused = 0;
  for (const HostedEngine::Said& said : engine.host.take_said()) {
    applied += said.type == Message::plan_applied;
    refused += said.type == Message::plan_refused;
  }
  CHECK(applied == 1);
  CHECK(refused == 0);
  CHECK(engine.host.telemetry().track_count == 6);
  CHECK(engine.host.telemetry().plan_revision == 5);
}
