// Melody help as a person and a screen reader have it, with an answer made up here: nothing is in the song before it is kept,
// keeping is one step, everything that leads away leaves the song as it was; who wrote what stays known.
#include <nlohmann/json.hpp>

#include "doctest/doctest.h"
#include "proto/abi.h"
#include "song/codec.h"
#include "song/defaults.h"
#include "tests/ui/stage.h"
#include "ui/commands.h"
#include "ui/keys.h"
#include "ui/views/melody_help.h"

using namespace arietta;
using namespace arietta::ui;
using namespace arietta::ui::test;
using nlohmann::json;

namespace {

constexpr ScreenSize kDesktop{1280, 800, 0, 0}, kPhone{360, 640, 0, 0}, kSideways{740, 360, 0, 0};
constexpr Tick kBar = 4 * kTicksPerQuarter;

using Bytes8 = std::vector<uint8_t>;
Bytes8 bytes(App& app) { return write_project(app.document()); }

size_t note_count(const App& app) { return json::parse(app.state_json())["notes"]; }

json question() { return json::parse(asked().help_request); }

// Three suggestions of 3, 4 and 5 notes from where the answer begins.
std::string answer(const json& q) {
  json suggestions = json::array();
  for (int s = 0; s < 3; ++s) {
    json notes = json::array();
    for (int i = 0; i < 3 + s; ++i) notes.push_back({q["cut"].get<int>() + i * 12, 12, 62 + s * 2 + i});
    suggestions.push_back({{"notes", notes}});
  }
  return json{{"id", q["id"]}, {"suggestions", suggestions}, {"model", "arietta-melody 1"}}.dump();
}

struct Help : Stage {
  explicit Help(const ScreenSize& size = kDesktop) : Stage(size) {
    app().touch();
    frames(2);
  }
  void tell(const char* command, const std::string& detail) {
    CHECK(run_command(app(), command, detail));
    frames(2);
  }
  void offer(const char* button = "Continue melody") {
    press_item(Role::kButton, button);
    tell("assist_answer", answer(question()));
    REQUIRE(app().proposals().state() == HelpState::kOffered);
  }
};

}  // namespace

TEST_CASE("a suggestion is asked for, looked at, kept as one step, and undone") {
  Help s;
  const Bytes8 before = bytes(s.app());
  const size_t notes = note_count(s.app());
  s.press_item(Role::kButton, "Continue melody");
  CHECK(asked().help_requests == 1);
  CHECK(question()["task"] == "continue");
  CHECK(question()["samples"] == 3);
  CHECK(s.count(Role::kButton, "Cancel") == 1);
  s.tell("assist_progress", R"({"fraction":0.5,"text":"Fetching the melody model (4 MB)…"})");
  CHECK(s.find(Role::kStatus, "Progress").text == "Fetching the melody model (4 MB)…");
  CHECK(s.find(Role::kStatus, "Progress").value == 0.5);

  s.tell("assist_answer", answer(question()));
  CHECK(s.find(Role::kListBox, "Suggestions").rect.h >= 44);
  for (const char* name : {"Suggestion 1", "Suggestion 2", "Suggestion 3"}) CHECK(s.count(Role::kOption, name) == 1);
  CHECK(s.find(Role::kOption, "Suggestion 1").selected == 1);
  CHECK(s.said().find("3 notes") != std::string::npos);
  CHECK(bytes(s.app()) == before);

  s.press_item(Role::kOption, "Suggestion 2");
  CHECK(s.find(Role::kOption, "Suggestion 2").selected == 1);
  CHECK(s.find(Role::kOption, "Suggestion 1").selected == 0);
  CHECK(bytes(s.app()) == before);

  s.press_item(Role::kButton, "Keep");
  CHECK(note_count(s.app()) == notes + 4);
  CHECK(s.count(Role::kOption, "Suggestion 1") == 0);
  CHECK(s.app().authorship().find("arietta-melody 1 wrote") != std::string::npos);
  s.press_item(Role::kButton, "Undo");
  CHECK(bytes(s.app()) == before);
}

TEST_CASE("whatever leads away from a suggestion leaves the song as it was") {
  struct Way { const char* name; void (*go)(Help&); };
  const Way ways[] = {
      {"Discard", [](Help& s) { s.press_item(Role::kButton, "Discard"); }},
      {"Escape", [](Help& s) { press_key(s.app(), "Escape", "Escape", true, 0, false); }},
      {"asking again", [](Help& s) { s.press_item(Role::kButton, "Vary"); s.tell("assist_answer", R"({"error":"No."})"); }},
      {"listening and stopping", [](Help& s) { s.press_item(Role::kButton, "Listen"); s.press_item(Role::kButton, "Stop"); s.press_item(Role::kButton, "Discard"); }},
  };
  for (const Way& way : ways) {
    CAPTURE(way.name);
    Help s;
    const Bytes8 before = bytes(s.app());
    s.offer();
    way.go(s);
    s.frames(2);
    CHECK(s.app().proposals().suggestion() == nullptr);
    CHECK(bytes(s.app()) == before);
    CHECK_FALSE(s.app().can_undo());
  }
  Help s;
  s.offer();
  s.app().open_document(empty_song(), "");
  CHECK(s.app().proposals().suggestion() == nullptr);
  CHECK(note_count(s.app()) == 0);
}

TEST_CASE("an edit of the melody puts suggestions away, a turn of a knob does not") {
  Help s;
  s.offer();
  s.app().set_mute(s.app().document().children(kSongId, Kind::track)[2], true);
  s.app().set_tempo(90);
  CHECK(s.app().proposals().suggestion() != nullptr);
  s.app().add_note_at(0, 74, 240);
  CHECK(s.app().proposals().suggestion() == nullptr);
  s.offer();
  s.app().undo();
  CHECK(s.app().proposals().suggestion() == nullptr);
}

TEST_CASE("an answer that comes too late is nobody's") {
  Help s;
  s.press_item(Role::kButton, "Continue melody");
  const std::string late = answer(question());
  s.press_item(Role::kButton, "Cancel");
  CHECK(asked().help_cancels == 1);
  s.tell("assist_answer", late);
  CHECK(s.app().proposals().state() == HelpState::kIdle);
  s.press_item(Role::kButton, "Vary");
  s.tell("assist_answer", late);          // of the question before
  CHECK(s.app().proposals().state() == HelpState::kAsking);
}

TEST_CASE("what cannot be done is a sentence in the panel, the song unchanged") {
  Help s;
  const Bytes8 before = bytes(s.app());
  s.app().choose_track(s.app().document().children(kSongId, Kind::track)[4]);
  s.press_item(Role::kButton, "Vary");
  CHECK(s.find(Role::kStatus, "Problem").text.find("drums") != std::string::npos);
  CHECK(asked().help_requests == 0);
  CHECK(asked().announced == "suggestions_failed");
  s.press_item(Role::kButton, "Dismiss");
  CHECK(s.count(Role::kStatus, "Problem") == 0);
  s.tell("suggest", R"({"task":"sing"})");
  CHECK(s.find(Role::kStatus, "Problem").text.find("sing") != std::string::npos);
  CHECK(bytes(s.app()) == before);
}

TEST_CASE("scripts ask for suggestions and get them in song time") {
  Help s;
  s.tell("suggest", R"({"task":"continue","bars":2,"count":5,"seed":77})");
  CHECK(question()["seed"] == 77);
  CHECK(question()["samples"] == 5);
  CHECK(question()["gap_end"].get<int>() - question()["cut"].get<int>() == 192);
  s.tell("assist_answer", answer(question()));
  CHECK(asked().announced == "suggestions");
  const json told = json::parse(asked().announced_json);
  CHECK(told["suggestions"].size() == 3);
  CHECK(told["suggestions"][0]["notes"][0] == json::array({2 * kBar, 480, 62}));
  CHECK(told["model"] == "arietta-melody 1");
}

namespace {

// The plan that goes to the engine, as chunks and loop.
struct Sent { int chunks = 0, loops = 0, plays = 0, seeks = 0; };
Sent sent(App& app) {
  Sent all;
  const std::vector<uint8_t> packet = app.take_packets();
  FrameReader reader(packet);
  for (FrameView frame; reader.next(frame);) {
    all.chunks += frame.type == Message::plan_chunk;
    all.plays += frame.type == Message::play;
    all.seeks += frame.type == Message::seek;
  }
  return all;
}

}  // namespace

TEST_CASE("Listen plays the song with the suggestion from a bar before it, and another suggestion changes the plan alone") {
  Help s;
  s.app().set_audio_status(AudioStatus::kRunning, "", 48000, 0);
  s.app().engine_restarted();
  sent(s.app());
  const Bytes8 before = bytes(s.app());
  s.offer();
  CHECK(sent(s.app()).chunks == 0);       // looking is not hearing
  s.press_item(Role::kButton, "Listen");
  const Sent first = sent(s.app());
  CHECK(first.chunks == 1);               // the melody's track, no other
  CHECK(first.plays == 1);
  CHECK(first.seeks >= 1);
  CHECK(s.app().playing());
  CHECK(s.app().song_tick() >= double(kBar) - 1);
  CHECK(s.app().song_tick() < double(2 * kBar));
  CHECK(s.app().length() == 6 * kBar);    // as far as there is something to hear
  CHECK(s.count(Role::kButton, "Stop listening") == 1);

  s.press_item(Role::kOption, "Suggestion 3");
  const Sent second = sent(s.app());
  CHECK(second.chunks == 1);
  CHECK(second.plays + second.seeks == 0);
  CHECK(s.app().playing());
  CHECK(bytes(s.app()) == before);
  // The song's loop ends before the suggestion: while it is listened to, time runs on into it.
  s.frame(5000);
  s.frame(800);
  CHECK(s.app().song_tick() >= double(kBar));

  s.press_item(Role::kButton, "Stop listening");
  CHECK_FALSE(s.app().playing());
  CHECK(s.app().song_tick() == 0);
  CHECK(s.app().length() == 2 * kBar);
  CHECK(sent(s.app()).chunks == 1);       // the melody as it is
  CHECK(bytes(s.app()) == before);

  s.press_item(Role::kButton, "Listen");
  s.press_item(Role::kButton, "Keep");
  CHECK(s.app().playing());               // the music goes on
  CHECK(s.app().loop_end() == 6 * kBar);
}

TEST_CASE("a filled gap, a varied part and a second voice are kept where they belong") {
  Help s;
  const size_t notes = note_count(s.app());
  s.press_item(Role::kButton, "Vary");
  json q = question();
  CHECK(q["task"] == "vary");
  s.tell("assist_answer", json{{"id", q["id"]}, {"suggestions", {{{"notes", {{q["cut"], 24, 70}}}}}}, {"model", "m"}}.dump());
  CHECK(s.find(Role::kOption, "Suggestion 1").selected == 1);
  s.press_item(Role::kButton, "Keep");
  CHECK(note_count(s.app()) == notes - 11 + 1);
  s.app().undo();
  CHECK(note_count(s.app()) == notes);

  const size_t tracks = s.app().document().children(kSongId, Kind::track).size();
  s.press_item(Role::kButton, "Harmonise");
  q = question();
  s.tell("assist_answer", json{{"id", q["id"]}, {"suggestions", {{{"notes", {{q["cut"], 24, 60}}}, {"chords", {{q["cut"], 48, "Am"}}}}}}, {"model", "m"}}.dump());
  s.press_item(Role::kButton, "Keep");
  CHECK(s.app().document().children(kSongId, Kind::track).size() == tracks + 2);
  s.app().undo();
  CHECK(s.app().document().children(kSongId, Kind::track).size() == tracks);

  std::vector<Id> all;
  s.app().select_all();
  all.assign(s.app().selection().begin(), s.app().selection().end());
  std::unordered_set<Id> middle;
  for (const Id id : all)
    if (const Tick start = read_note(s.app().document(), id).start; start >= kBar / 2 && start < kBar) middle.insert(id);
  s.app().select(middle);
  s.app().delete_selection();
  s.press_item(Role::kButton, "Fill the gap");
  CHECK(question()["task"] == "infill");
  CHECK(question()["after"].size() == 6);
}

TEST_CASE("on a phone everything is there") {
  Help s(kPhone);
  for (const char* name : {"Continue melody", "Fill the gap", "Vary", "Harmonise", "About this model"}) {
    const Rect r = s.find(Role::kButton, name).rect;
    CHECK(r.x + r.w <= 360);
    CHECK(std::max(r.w, r.h) >= 44);
  }
  s.offer();
  for (const char* name : {"Listen", "Keep", "Discard"}) CHECK(s.find(Role::kButton, name).rect.h >= 44);
  s.press_item(Role::kButton, "Melody help options");
  CHECK(s.count(Role::kDialog, "Melody help") == 1);
  CHECK(s.count(Role::kSlider, "Adventurous") == 1);
}

TEST_CASE("where the screen is too low for the strip, melody help is a dialog") {
  Help s(kSideways);
  CHECK(s.count(Role::kButton, "Continue melody") == 0);
  s.press_item(Role::kButton, "More");
  s.press_item(Role::kButton, "Melody help");
  s.press_item(Role::kButton, "Continue melody");
  CHECK(asked().help_requests == 1);
}

TEST_CASE("wishes are asked along and remembered") {
  Help s;
  s.press_item(Role::kButton, "Melody help options");
  s.act(Role::kSlider, "Adventurous", {ActKind::kSetValue, 0.9, {}});
  s.act(Role::kSlider, "Busy", {ActKind::kSetValue, 0.2, {}});
  s.act(Role::kSlider, "Like me", {ActKind::kSetValue, 0, {}});
  CHECK(s.find(Role::kSlider, "Like me").text.find("off") != std::string::npos);
  Preferences again;
  again.from_json(asked().remembered);
  CHECK(again.adventurous == doctest::Approx(0.9));
  CHECK(again.busy == doctest::Approx(0.2));
  CHECK(again.like_me == 0);
  s.press_item(Role::kButton, "Continue melody");
  CHECK(question()["adventurous"] == doctest::Approx(0.4 + 0.6 * 0.9));
  CHECK(question()["like_me"] == 0);
}

TEST_CASE("like me learns what the person wrote, says how much, goes along, and forgets") {
  Help s(ScreenSize{1280, 1000, 0, 0});
  s.tell("assist_memory", "[[[0,24,60],[24,24,62],[48,24,64],[72,24,65],[96,24,67],[120,24,69],[144,24,71],[168,24,72]],7,[[0,1,999]]]");
  CHECK(s.app().own_melodies().melodies() == 1);
  s.press_item(Role::kButton, "Share");    // the first song is ours, not the person's
  CHECK(asked().memory.empty());
  s.press_item(Role::kButton, "Close");
  s.app().open_document(empty_song(), "");
  for (int i = 0; i < 9; ++i) s.app().add_note_at(i * 480, 60 + 2 * (i % 4), 480);
  s.press_item(Role::kButton, "Play");     // and stopping
  s.press_item(Role::kButton, "Stop");
  CHECK(s.app().own_melodies().melodies() == 2);
  s.press_item(Role::kButton, "Share");
  CHECK(s.app().own_melodies().melodies() == 2);
  CHECK(json::parse(asked().memory).size() == 2);
  s.press_item(Role::kButton, "Close");
  s.app().add_note_at(9 * 480, 67, 480);   // the same tune, longer, is the same tune
  s.app().learn_from_song();
  CHECK(s.app().own_melodies().melodies() == 2);
  CHECK(s.app().own_melodies().notes() == 18);

  s.press_item(Role::kButton, "Continue melody");
  CHECK(question()["memory"].size() == 2);
  s.tell("assist_answer", answer(question()));
  s.press_item(Role::kButton, "Keep");
  CHECK(s.app().own_melodies().notes() == 18);             // the model's notes are not the person's
  s.press_item(Role::kButton, "Melody help options");
  CHECK(s.count(Role::kListItem, "Learned from 18 of your notes in 2 melodies. They stay on this device.") == 1);
  s.press_item(Role::kButton, "Forget my notes");
  CHECK(asked().memory == "[]");
  s.press_item(Role::kButton, "Continue melody");
  CHECK_FALSE(question().contains("memory"));
  s.act(Role::kSlider, "Like me", {ActKind::kSetValue, 0, {}});
  s.app().learn_from_song();               // switched off: nothing is learned
  CHECK(asked().memory == "[]");
}

TEST_CASE("who wrote the song is said, and what a person changes is theirs too") {
  Help s;
  s.offer();
  s.press_item(Role::kButton, "Keep");
  const auto model_notes = [&] {
    std::unordered_set<Id> found;
    for (const Id clip : s.app().document().children(s.app().current_track(), Kind::clip))
      for (const Note& n : notes_of(s.app().document(), clip))
        if (n.author == 2) found.insert(n.id);
    return found;
  };
  REQUIRE(model_notes().size() == 3);
  const Id one = *model_notes().begin();
  CHECK(s.app().describe_note(one).find("by arietta-melody 1") != std::string::npos);
  CHECK(s.app().authorship().find("changed by you") == std::string::npos);
  const auto edited = [&] { return read_note(s.app().document(), one).edited; };

  s.app().select({one});
  s.app().move_selection(0, 0);
  CHECK_FALSE(edited());                   // nothing moved
  struct Change { const char* name; void (*make)(App&); };
  const Change changes[] = {{"moved", [](App& a) { a.move_selection(240, 0); }},
                            {"higher", [](App& a) { a.move_selection(0, 1); }},
                            {"longer", [](App& a) { a.stretch_selection(240); }}};
  for (const Change& change : changes) {
    CAPTURE(change.name);
    change.make(s.app());
    CHECK(edited());
    s.app().undo();
    CHECK_FALSE(edited());
  }
  const Note note = read_note(s.app().document(), one);     // by keys, at the cursor
  s.app().cursor() = {read_clip(s.app().document(), note.clip).start + note.start, note.key};
  CHECK(press_key(s.app(), "ArrowUp", "ArrowUp", true, 1, false));
  CHECK(edited());
  CHECK(s.app().describe_note(one).find("by arietta-melody 1, changed by you") != std::string::npos);
  CHECK(s.app().authorship().find("(a third of it changed by you)") != std::string::npos);

  s.app().select(model_notes());
  s.app().copy_selection();
  s.app().paste_at(20 * kBar);             // where a person puts it, it is changed
  for (const Id id : s.app().selection()) {
    CHECK(read_note(s.app().document(), id).author == 2);
    CHECK(read_note(s.app().document(), id).edited);
  }
}

TEST_CASE("notes take the colours of their authors when asked to") {
  Help s;
  s.press_item(Role::kButton, "Melody help options");
  s.press_item(Role::kCheckbox, "Colour by author");
  CHECK(s.app().preferences().author_colors);
  CHECK(s.find(Role::kCheckbox, "Colour by author").checked == 1);
  Preferences again;
  again.from_json(asked().remembered);
  CHECK(again.author_colors);
}

TEST_CASE("nothing is drawn while suggestions only lie there") {
  Help s;
  s.offer();
  s.frames(3);
  s.app().frame_drawn();
  CHECK_FALSE(s.app().wants_frame());
}
