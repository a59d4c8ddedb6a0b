#include "compile/compile_plan.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/note_event.h"
#include "compile/plan_ids.h"
#include "compile/schedule.h"
#include "plan/plan_check.h"
#include "plan/plan_view.h"
#include "proto/frame.h"
#include "song/defaults.h"
#include "tests/support/song_builder.h"

using namespace arietta;

namespace {

NoteEventType type_of(const PlanEvent& event) { return NoteEventType(event.type); }

float param_in_plan(const PlanView& plan, const PlanNode& node, uint16_t index) {
  for (const PlanParam& param : plan.params_of(node))
    if (param.index == index) return param.plain;
  return find_param(DeviceKind(node.kind), index)->initial;
}

bool muted(const PlanView& plan, size_t track) {
  return param_in_plan(plan, plan.nodes()[plan.tracks()[track].strip], param::strip::mute) == 1;
}

const PlanNode& instrument(const PlanView& plan, size_t track) { return plan.nodes()[plan.tracks()[track].instrument]; }

}  // namespace

TEST_CASE("Notes are cut to their clip; those that start outside are not played") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth, 1000);
  song.set(song.last_clip(), Kind::clip, field::clip::start, int64_t(500));
  song.note(60, 900, 400);
  song.note(62, 1000, 100);
  song.note(64, 0, 100);
  const std::vector<PlanEvent> events = schedule_track(song.document, track);
  REQUIRE(events.size() == 4);
  CHECK((events[0].tick == 500 && events[0].key == 64 && type_of(events[0]) == NoteEventType::kNoteOn));
  CHECK((events[1].tick == 600 && events[1].key == 64 && type_of(events[1]) == NoteEventType::kNoteOff));
  CHECK((events[2].tick == 1400 && events[2].key == 60));
  CHECK((events[3].tick == 1500 && events[3].note == events[2].note));
}

TEST_CASE("At one tick: offs, then controllers, then ons") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  song.note(60, 480, 480);
  song.note(60, 0, 480);
  song.control(480, int(NoteEventType::kController), 64, 0);
  const std::vector<PlanEvent> events = schedule_track(song.document, track);
  REQUIRE(events.size() == 5);
  CHECK(type_of(events[1]) == NoteEventType::kNoteOff);
  CHECK(type_of(events[2]) == NoteEventType::kController);
  CHECK(type_of(events[3]) == NoteEventType::kNoteOn);
}

TEST_CASE("Controls become values: bend in semitones of its range, controllers from 0 to 1") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  song.control(0, int(NoteEventType::kBend), 0, 16383);
  song.control(1, int(NoteEventType::kBend), 12, 0);
  song.control(2, int(NoteEventType::kController), 11, 16383);
  song.control(3, int(NoteEventType::kProgram), 40, 128);
  const std::vector<PlanEvent> events = schedule_track(song.document, track);
  REQUIRE(events.size() == 4);
  CHECK(events[0].value == doctest::Approx(2).epsilon(0.001));
  CHECK(events[1].value == -12);
  CHECK((events[2].key == 11 && events[2].value == 1));
  CHECK((events[3].key == 40 && events[3].value == 128));
}

TEST_CASE("Velocity and tuning reach the event; ids pair on with off and are never a live note's") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::poly_synth);
  const Id note = song.note(60, 0, 480, 127);
  song.set(note, Kind::note, field::note::tuning_cents, int64_t(-50));
  const std::vector<PlanEvent> events = schedule_track(song.document, track);
  CHECK(events[0].value == 1);
  CHECK(events[0].tuning_cents == -50);
  CHECK((events[0].note == events[1].note && events[0].note != 0 && events[0].note < 0x80000000u));
}

TEST_CASE("Ids of one song's entities never collide") {
  std::vector<uint32_t> ids;
  for (uint64_t counter = 1; counter < 20000; ++counter) ids.push_back(note_plan_id(make_id(3, counter)));
  std::sort(ids.begin(), ids.end());
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  CHECK(node_plan_id(make_id(0, 1)) >= 100);
}

TEST_CASE("What the compiler writes passes the engine's check") {
  SongBuilder song;
  for (int i = 0; i < kMaxTracks + 6; ++i) {                       // more tracks than a plan may have
    song.track(i % 2 ? DeviceKind::poly_synth : DeviceKind::soundfont);
    song.note(60, 0, 480);
  }
  song.tempo(960, 90);
  for (const Document& document : {song.document, starter_song(), empty_song(), Document()}) {
    const CompiledPlan plan = PlanCompiler().compile(document, {});
    CHECK(check_plan_head(plan.head).ok());
    for (const CompiledChunk& chunk : plan.chunks) CHECK(check_plan_chunk(*chunk.bytes).ok());
    CHECK(PlanView(plan.head).tracks().size() == plan.chunks.size());
    CHECK(plan.chunks.size() <= size_t(kMaxTracks));
  }
}

TEST_CASE("Tempos outside what the engine plays are brought into range") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  Ops ops;
  const Id tempo = add_entity(song.document, ops, Kind::tempo, kSongId);
  set_field(ops, tempo, Kind::tempo, field::tempo::us_per_quarter, int64_t(1));
  song.apply(ops);
  CHECK(check_plan_head(PlanCompiler().compile(song.document, {}).head).ok());
}

TEST_CASE("Solo mutes the others, mute wins over solo") {
  SongBuilder song;
  const Id first = song.track(DeviceKind::poly_synth), second = song.track(DeviceKind::poly_synth);
  song.track(DeviceKind::poly_synth);
  const auto mutes = [&] {
    const CompiledPlan plan = PlanCompiler().compile(song.document, {});
    const PlanView view(plan.head);
    return std::vector<bool>{muted(view, 0), muted(view, 1), muted(view, 2)};
  };
  CHECK(mutes() == std::vector<bool>{false, false, false});
  song.set(first, Kind::track, field::track::solo, int64_t(1));
  CHECK(mutes() == std::vector<bool>{false, true, true});
  song.set(second, Kind::track, field::track::solo, int64_t(1));
  CHECK(mutes() == std::vector<bool>{false, false, true});
  song.set(second, Kind::track, field::track::mute, int64_t(1));
  CHECK(mutes() == std::vector<bool>{false, true, true});
}

TEST_CASE("A sampled instrument plays as a synth of its family until its sounds are there") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::soundfont);
  const Id drums = song.track(DeviceKind::soundfont);
  Ops ops;
  set_instrument(song.document, ops, track, DeviceKind::soundfont, 33, 0);
  set_instrument(song.document, ops, drums, DeviceKind::soundfont, 0, 128);
  song.apply(ops);
  const std::vector<AssetNeed> needs = assets_needed(song.document);
  REQUIRE(needs.size() == 2);
  CHECK(needs[0].presets == std::vector<PresetRef>{{0, 33}});
  CHECK(needs[1].presets == std::vector<PresetRef>{{128, 0}});

  PlanCompiler compiler;
  const CompiledPlan before = compiler.compile(song.document, {});
  CHECK(DeviceKind(instrument(PlanView(before.head), 0).kind) == DeviceKind::poly_synth);
  CHECK(DeviceKind(instrument(PlanView(before.head), 1).kind) == DeviceKind::drum_kit);
  const CompiledPlan after = compiler.compile(song.document, {{needs[0].asset}});
  const PlanNode& node = instrument(PlanView(after.head), 0);
  CHECK(DeviceKind(node.kind) == DeviceKind::soundfont);
  CHECK((node.asset == needs[0].asset && node.program == 33 && node.bank == 0));
  CHECK(node.id == instrument(PlanView(before.head), 0).id);
}

TEST_CASE("Families sound different from each other") {
  SongBuilder song;
  const Id track = song.track(DeviceKind::soundfont);
  std::vector<std::vector<float>> sounds;
  for (int family = 0; family < 16; ++family) {
    Ops ops;
    set_instrument(song.document, ops, track, DeviceKind::soundfont, family * 8, 0);
    song.apply(ops);
    const CompiledPlan plan = PlanCompiler().compile(song.document, {});
    const PlanView view(plan.head);
    std::vector<float> sound;
    for (const ParamInfo& param : params_of(DeviceKind::poly_synth))
      sound.push_back(param_in_plan(view, instrument(view, 0), param.index));
    CHECK(std::find(sounds.begin(), sounds.end(), sound) == sounds.end());
    sounds.push_back(sound);
  }
}

TEST_CASE("A track that changes its program needs one asset with all its presets; equal needs are one") {
  SongBuilder song;
  song.track(DeviceKind::soundfont);
  song.control(960, int(NoteEventType::kProgram), 40, 0);
  song.control(1920, int(NoteEventType::kProgram), 0, 0);
  song.track(DeviceKind::soundfont);
  song.track(DeviceKind::soundfont);
  const std::vector<AssetNeed> needs = assets_needed(song.document);
  REQUIRE(needs.size() == 2);
  CHECK(needs[0].presets == std::vector<PresetRef>{{0, 0}, {0, 40}});
  CHECK(needs[1].presets == std::vector<PresetRef>{{0, 0}});
  CHECK(needs[0].asset != needs[1].asset);
  CHECK(asset_id({{0, 0}}, "") != asset_id({{0, 0}}, "mine"));
}

TEST_CASE("Only the tracks that changed get a new chunk") {
  SongBuilder song;
  song.track(DeviceKind::poly_synth);
  song.note(60, 0, 480);
  song.track(DeviceKind::poly_synth);
  song.note(64, 0, 480);
  PlanCompiler compiler;
  const CompiledPlan before = compiler.compile(song.document, {});
  song.note(67, 480, 480);                                // into the second track
  const CompiledPlan after = compiler.compile(song.document, {});
  CHECK(after.revision == before.revision + 1);
  CHECK(after.chunks[0].hash == before.chunks[0].hash);
  CHECK(after.chunks[0].bytes == before.chunks[0].bytes);
  CHECK(after.chunks[1].hash != before.chunks[1].hash);

  std::unordered_map<uint32_t, uint64_t> has;
  for (const CompiledChunk& chunk : before.chunks) has[chunk.track_id] = chunk.hash;
  uint32_t seq = 10;
  const std::vector<uint8_t> packet = plan_packet(after, has, seq);
  std::vector<Message> types;
  FrameReader reader(packet);
  FrameView frame;
  while (reader.next(frame)) {
    CHECK(frame.seq == 10 + types.size());
    types.push_back(frame.type);
  }
  CHECK(types == std::vector<Message>{Message::packet, Message::plan_begin, Message::plan_head, Message::plan_keep,
                                      Message::plan_chunk, Message::plan_commit});
  CHECK(seq == 16);
}
