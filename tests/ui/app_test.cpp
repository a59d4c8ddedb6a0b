// What the studio does with a song and with the engine, without a picture: opening loses nothing, edits reach the engine as
// packets, an engine that starts again gets everything it needs, time is that of the ear.
#include <nlohmann/json.hpp>

#include "doctest/doctest.h"
#include "proto/abi.h"
#include "song/codec.h"
#include "song/defaults.h"
#include "song/link.h"
#include "tests/ui/stage.h"

using namespace arietta;
using namespace arietta::ui;
using test::asked;

namespace {

struct Studio {
  Studio() { asked() = {}; }
  App app;
  double now = 1000;

  std::vector<Message> sent() {          // the kinds of frames that went to the engine, in order
    std::vector<Message> kinds;
    const std::vector<uint8_t> packet = app.take_packets();
    FrameReader reader(packet);
    for (FrameView frame; reader.next(frame);) kinds.push_back(frame.type);
    CHECK_FALSE(reader.broken());
    return kinds;
  }
  bool sends(Message kind) {
    const auto kinds = sent();
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
  void engine_says(const TelemetryBlock& block) {
    std::vector<uint8_t> bytes(sizeof(FrameHeader) + sizeof block);
    FrameWriter writer(bytes);
    writer.put(Message::telemetry, block);
    app.receive(writer.bytes(), asked().now_ms);
  }
  void with_engine() {
    app.set_audio_status(AudioStatus::kRunning, "", 48000, 0);
    app.engine_restarted();
    sent();
  }
  nlohmann::json state() { return nlohmann::json::parse(app.state_json()); }
};

bool has(const std::vector<Message>& kinds, Message kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

}  // namespace

TEST_CASE("opening a song keeps the one that was open, unless nobody touched it") {
  Studio s;
  s.app.open_document(empty_song(), "");
  CHECK(asked().kept_versions == 0);
  s.app.set_title("Mine");
  s.app.open_document(empty_song(), "");
  CHECK(asked().kept_versions == 1);
  CHECK(asked().kept_title == "Mine");
  s.app.undo();                          // history belongs to the song that is gone
  CHECK(s.app.title() == "Untitled song");
}

TEST_CASE("what cannot be opened changes nothing and says why") {
  Studio s;
  s.app.set_title("Mine");
  const uint64_t before = s.app.revision();
  const uint8_t cut[] = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0};
  CHECK_FALSE(s.app.open_bytes(cut, "song.mid"));
  CHECK(s.app.revision() == before);
  CHECK(s.app.title() == "Mine");
  CHECK(s.state()["lastError"].get<std::string>().size() > 10);
  CHECK_FALSE(s.app.open_link("#s=1this is no link"));
  CHECK(s.app.title() == "Mine");
  CHECK(asked().kept_versions == 0);
}

TEST_CASE("a song goes out as a link and comes back the same") {
  Studio s;
  s.app.set_title("There and back");
  const Id note = s.app.add_note_at(480, 62, 240);
  REQUIRE(note != 0);
  const Result<std::string> link = s.app.link();
  REQUIRE(link.ok());
  Studio other;
  REQUIRE(other.app.open_link(link.value()));
  CHECK(other.app.title() == "There and back");
  CHECK(encode_song(other.app.document()) == encode_song(s.app.document()));
}

TEST_CASE("one edit is one packet with the plan; nothing new is nothing sent") {
  Studio s;
  s.with_engine();
  s.app.update(s.now);
  CHECK(s.sent().empty());
  s.app.add_note_at(0, 60, 240);
  s.app.add_note_at(240, 62, 240);
  s.app.update(s.now);
  const auto kinds = s.sent();
  CHECK(std::count(kinds.begin(), kinds.end(), Message::plan_commit) == 1);
  CHECK(kinds.front() == Message::packet);
  CHECK(has(kinds, Message::plan_keep));       // tracks that did not change are only named
  CHECK(s.sent().empty());
}

TEST_CASE("without an engine nothing piles up; when it comes it gets all at once") {
  Studio s;
  s.app.set_loop(!s.app.loop());
  s.app.set_metronome(true);
  s.app.play();
  s.app.key_down(60, 1, kFromMouse);
  s.app.update(s.now);
  CHECK(s.sent().empty());
  s.app.engine_restarted();
  const auto kinds = s.sent();
  for (Message kind : {Message::plan_commit, Message::loop, Message::metronome, Message::seek, Message::play, Message::note_on})
    CHECK(has(kinds, kind));
  CHECK_FALSE(has(kinds, Message::plan_keep));
}

TEST_CASE("an engine that stopped goes on where it was heard last") {
  Studio s;
  s.with_engine();
  s.app.play();
  TelemetryBlock block{};
  block.playing = 1, block.song_tick = 2000, block.quarters_per_minute = 120;
  s.engine_says(block);
  s.sent();
  s.app.engine_restarted();
  const std::vector<uint8_t> packet = s.app.take_packets();
  FrameReader reader(packet);
  Tick seek = -1;
  for (FrameView frame; reader.next(frame);)
    if (frame.type == Message::seek) frame.get(seek);
  CHECK(seek == 2000);
  CHECK(s.app.playing());
}

TEST_CASE("a plan the engine refuses is named, the song stays, and everything is sent again") {
  Studio s;
  s.with_engine();
  std::vector<uint8_t> bytes(64);
  FrameWriter writer(bytes);
  writer.put(Message::plan_refused, PlanRefusedPayload{1, 5, 0});
  s.app.receive(writer.bytes(), 0);
  CHECK(s.app.last_error.find("more tracks and devices") != std::string::npos);
  s.app.add_note_at(0, 60, 240);
  s.app.update(s.now);
  CHECK_FALSE(s.sends(Message::plan_keep));
}

TEST_CASE("time is what the ear hears, and does not go back") {
  Studio s;
  s.with_engine();
  s.app.set_audio_status(AudioStatus::kRunning, "", 48000, 0.1);
  s.app.set_loop(false);
  s.app.play();
  TelemetryBlock block{};
  block.playing = 1, block.song_tick = 960, block.quarters_per_minute = 60;
  s.engine_says(block);
  CHECK(s.app.song_tick() == doctest::Approx(960 - 96));
  asked().now_ms += 50;
  CHECK(s.app.song_tick() == doctest::Approx(960 - 48));
  s.engine_says(block);                  // a report that was late
  CHECK(s.app.song_tick() == doctest::Approx(960 - 48));
  asked().now_ms += 60'000;              // the tab slept: no guessing
  CHECK(s.app.song_tick() < 960 * 2);
}

TEST_CASE("when the song ends the studio stops") {
  Studio s;
  s.with_engine();
  s.app.play();
  std::vector<uint8_t> bytes(64);
  FrameWriter writer(bytes);
  writer.put(Message::song_ended);
  s.app.receive(writer.bytes(), 0);
  CHECK_FALSE(s.app.playing());
  CHECK(s.app.song_tick() == 0);
}

TEST_CASE("a key held by two sources ends with the second") {
  Studio s;
  s.with_engine();
  s.app.key_down(64, 1, kFromMouse);
  CHECK(s.sends(Message::note_on));
  s.app.key_down(64, 1, kFromMidi);
  CHECK(s.sent().empty());
  s.app.key_up(64, kFromMouse);
  CHECK(s.sent().empty());
  CHECK(s.app.key_is_down(64));
  s.app.key_up(64, kFromMidi);
  CHECK(s.sends(Message::note_off));
  s.app.key_down(64, 1, 5);
  s.app.all_keys_up();
  CHECK_FALSE(s.app.key_is_down(64));
}

TEST_CASE("a knob is heard while it turns and is one step when it stops") {
  Studio s;
  s.with_engine();
  const Id strip = strip_of(s.app.document(), s.app.current_track())->id;
  const float before = s.app.param(strip, param::strip::gain_db);
  s.app.begin_param(strip, param::strip::gain_db);
  for (float db : {-3.f, -6.f, -9.f}) s.app.drag_param(strip, param::strip::gain_db, db);
  s.app.update(s.now);
  auto kinds = s.sent();
  CHECK(has(kinds, Message::gesture_begin));
  CHECK(has(kinds, Message::param_set));
  CHECK_FALSE(has(kinds, Message::plan_commit));
  s.app.end_param(strip, param::strip::gain_db);
  s.app.update(s.now);
  CHECK(s.sends(Message::plan_commit));
  CHECK(param_of(s.app.document(), strip, param::strip::gain_db) == -9);
  s.app.undo();
  CHECK(s.app.param(strip, param::strip::gain_db) == before);
}

TEST_CASE("what is played while recording is written down, and is one step") {
  Studio s;
  s.with_engine();
  s.app.open_document(empty_song(), "");
  s.app.set_recording(true);
  s.app.play();
  const auto at = [&](double tick) {
    TelemetryBlock block{};
    block.playing = 1, block.song_tick = tick, block.quarters_per_minute = 120;
    s.engine_says(block);
  };
  at(100);
  s.app.key_down(60, 0.5f, kFromMidi);
  at(500);
  s.app.key_up(60, kFromMidi);
  at(600);
  s.app.key_down(64, 1, kFromMidi);
  at(1000);
  s.app.stop();                          // a key still held ends with the take
  CHECK(s.state()["notes"] == 2);
  const Id first = s.app.note_at(100, 60);
  REQUIRE(first != 0);
  CHECK(read_note(s.app.document(), first).length == 400);
  CHECK(read_note(s.app.document(), first).velocity == 64);
  s.app.undo();
  CHECK(s.state()["notes"] == 0);
}

TEST_CASE("copies keep their distances, pastes are one step and end up selected") {
  Studio s;
  s.app.open_document(empty_song(), "");
  const Id a = s.app.add_note_at(480, 60, 240), b = s.app.add_note_at(960, 64, 240);
  s.app.select({a, b});
  s.app.copy_selection();
  s.app.paste_at(3840);
  CHECK(s.app.note_at(3840, 60) != 0);
  CHECK(s.app.note_at(4320, 64) != 0);
  CHECK(s.app.selection().size() == 2);
  CHECK(s.app.selection().count(a) == 0);
  s.app.undo();
  CHECK(s.state()["notes"] == 2);
  s.app.select_all();
  s.app.cut_selection();
  CHECK(s.state()["notes"] == 0);
}

TEST_CASE("a chord at the edge moves as a whole or not at all") {
  Studio s;
  s.app.open_document(empty_song(), "");
  s.app.set_easy_scale(false);
  const Id low = s.app.add_note_at(0, 2, 240), high = s.app.add_note_at(240, 10, 240);
  s.app.select({low, high});
  s.app.move_selection(-960, -12);
  CHECK(read_note(s.app.document(), low).key == 0);
  CHECK(read_note(s.app.document(), high).key == 8);
  CHECK(read_note(s.app.document(), high).start == 240);
}

TEST_CASE("easy scale brings new notes into the key") {
  Studio s;
  s.app.open_document(empty_song(), "");
  s.app.set_key_root(0);
  s.app.set_scale(0);
  s.app.set_easy_scale(true);
  const Id note = s.app.add_note_at(0, 61, 240);
  CHECK(read_note(s.app.document(), note).key == 60);
  s.app.set_easy_scale(false);
  CHECK(read_note(s.app.document(), s.app.add_note_at(480, 61, 240)).key == 61);
}

TEST_CASE("the state is complete and plain") {
  Studio s;
  const auto state = s.state();
  CHECK(state["version"] == 1);
  for (const char* key : {"playing", "tick", "seconds", "bar", "beat", "loop", "metronome"}) CHECK(state["transport"].contains(key));
  for (const char* key : {"title", "key", "scale", "timeSignature"}) CHECK(state["song"].contains(key));
  REQUIRE(state["tracks"].size() >= 1);
  for (const char* key : {"id", "name", "instrument", "notes", "mute", "solo", "volume_db", "pan"}) CHECK(state["tracks"][0].contains(key));
  CHECK(state["audio"]["status"] == "locked");
  CHECK(state["canUndo"] == false);
}

TEST_CASE("tapping four times sets the tempo") {
  Studio s;
  for (int i = 0; i < 4; ++i) {
    s.app.tap_tempo();
    asked().now_ms += 400;
  }
  CHECK(s.app.tempo() == doctest::Approx(150).epsilon(0.01));
}
