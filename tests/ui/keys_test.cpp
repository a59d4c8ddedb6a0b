// Which key does what: by the table, by a table people changed, and never what the browser or a screen reader needs.
#include <set>

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/commands.h"
#include "ui/keys.h"
#include "ui/midi_input.h"

using namespace arietta;
using namespace arietta::ui;
using test::asked;

namespace {

struct Keys {
  Keys() { asked() = {}; }
  App app;
  bool press(std::string_view key, int mods = 0, std::string_view code = "") { return press_key(app, code, key, true, mods, false); }
};

}  // namespace

TEST_CASE("chords are written as people read them") {
  CHECK(key_chord(" ", 0) == "Space");
  CHECK(key_chord("Z", kCtrl | kShift) == "Ctrl+Shift+z");
  CHECK(key_chord("?", kShift) == "?");              // the shift that makes the sign is part of it
  CHECK(key_chord("ArrowUp", kShift) == "Shift+ArrowUp");
}

TEST_CASE("no two commands share a key, and none takes what the browser must keep") {
  std::set<std::string> taken;
  App app;
  for (const Command& command : commands()) {
    std::string keys = keys_of(app, command.name);
    for (size_t at; !keys.empty(); keys.erase(0, at == std::string::npos ? at : at + 1)) {
      at = keys.find(' ');
      const std::string chord = keys.substr(0, at);
      CHECK_MESSAGE(taken.insert(chord).second, chord);
    }
  }
  for (const char* kept : {"Tab", "Shift+Tab", "Ctrl+r", "F5", "Ctrl+w", "Ctrl+t", "Ctrl+l", "Ctrl+f"}) CHECK(taken.count(kept) == 0);
}

TEST_CASE("space plays and pauses, and does not flutter when it is held") {
  Keys k;
  CHECK(k.press(" "));
  CHECK(k.app.playing());
  press_key(k.app, "Space", " ", true, 0, true);
  CHECK(k.app.playing());
  k.press(" ");
  CHECK_FALSE(k.app.playing());
}

TEST_CASE("letters are a piano by where they are, until they are switched off") {
  Keys k;
  CHECK(k.press("q", 0, "KeyA"));                    // a French keyboard: the key left of S's place
  CHECK(k.app.key_is_down(60));
  press_key(k.app, "KeyA", "q", false, 0, false);
  CHECK_FALSE(k.app.key_is_down(60));
  k.press("x");
  k.press("a", 0, "KeyA");
  CHECK(k.app.key_is_down(72));
  press_key(k.app, "KeyA", "a", false, 0, false);
  k.app.preferences().letter_keys = false;
  CHECK_FALSE(k.press("a", 0, "KeyA"));
  CHECK_FALSE(k.press("l"));
  CHECK(k.press(" "));                               // Space is not a letter
}

TEST_CASE("the piano on the letters can be one row in the song's scale, or on the right; Help and the list of keys follow") {
  test::Stage s(ScreenSize{1280, 800});
  App& app = s.app();
  app.touch();
  const auto key_of = [&](std::string_view code) {
    press_key(app, code, "F13", true, 0, false);
    int found = -1;
    for (int key = 0; key < 128; ++key)
      if (app.key_is_down(key)) found = key;
    press_key(app, code, "F13", false, 0, false);
    return found;
  };
  const auto choose = [&](std::string_view layout) {
    run_command(app, "settings");
    s.frames(2);
    s.act(Role::kComboBox, "Piano on the letters", {ActKind::kSetText, 0, std::string(layout)});
    run_command(app, "escape");
    s.frames(2);
  };
  app.set_key_root(2);                                 // D
  app.set_scale(0);
  CHECK(key_of("KeyW") == 61);
  CHECK(keys_of(app, "loop") == "l");

  choose("One row, the song's scale");
  int wanted = 62;
  for (const auto& [code, step] : {std::pair{"KeyA", 2}, {"KeyS", 2}, {"KeyD", 1}, {"KeyF", 2}, {"KeyG", 2}, {"KeyH", 2}, {"KeyJ", 1}, {"KeyK", 0}}) {
    CHECK(key_of(code) == wanted);
    wanted += step;
  }
  CHECK(piano_letter(app, 66) == "D");
  CHECK(piano_letter(app, 63) == "");

  choose("Right side, mouse in the left hand");
  CHECK(key_of("KeyA") == -1);
  CHECK(key_of("KeyH") == 60);
  CHECK(key_of("Quote") == 69);
  CHECK(keys_of(app, "loop") == "");                 // its letter plays now, and nothing else
  Preferences again;
  again.from_json(asked().remembered);
  CHECK(again.letter_piano == LetterPiano::kRightSide);
  again.from_json(R"({"letterPiano":99})");
  CHECK(int(again.letter_piano) == 2);

  press_key(app, "KeyH", "h", true, 0, false);
  choose("Two rows, as on a piano");
  press_key(app, "KeyH", "h", false, 0, false);
  CHECK_FALSE(app.key_is_down(60));                  // it ends what it began
}

TEST_CASE("a note ends when its key is let go of, whatever happened in between") {
  Keys k;
  k.press("a", 0, "KeyA");
  k.app.preferences().letter_keys = false;
  press_key(k.app, "KeyA", "a", false, kCtrl, false);
  CHECK_FALSE(k.app.key_is_down(60));
}

TEST_CASE("keys can be changed and the change survives being remembered") {
  Keys k;
  k.app.preferences().from_json(R"({"keys":{"loop":"Ctrl+l"}})");
  const bool before = k.app.loop();
  k.app.preferences().letter_keys = true;
  CHECK_FALSE(k.press("l"));
  CHECK(k.press("l", kCtrl));
  CHECK(k.app.loop() != before);
  Preferences again;
  again.from_json(k.app.preferences().to_json());
  CHECK(again.keys_json == k.app.preferences().keys_json);
}

TEST_CASE("in a dialog only Escape is taken") {
  Keys k;
  k.press("?", kShift);
  CHECK(k.app.dialog == Dialog::kHelp);
  CHECK_FALSE(k.press(" "));
  CHECK_FALSE(k.press("a", 0, "KeyA"));
  CHECK(k.press("Escape"));
  CHECK(k.app.dialog == Dialog::kNone);
}

TEST_CASE("commands by name, as scripts call them") {
  Keys k;
  CHECK(run_command(k.app, "tempo", R"({"value":90})"));
  CHECK(k.app.tempo() == doctest::Approx(90));
  CHECK(run_command(k.app, "notice", R"({"text":"Saved."})"));
  CHECK(k.app.notice == "Saved.");
  CHECK(run_command(k.app, "preferences", R"({"look":2,"scale":1.5,"letterKeys":false,"unknown":[1]})"));
  CHECK(k.app.preferences().scale == 1.5f);
  CHECK_FALSE(k.app.preferences().letter_keys);
  CHECK(run_command(k.app, "preferences", "this is not JSON"));
  CHECK(k.app.preferences().scale == 1.5f);
  CHECK_FALSE(run_command(k.app, "no such command"));
}

TEST_CASE("F6 goes round the parts of the screen, both ways") {
  test::Stage s(ScreenSize{1600, 950});
  s.app().touch();
  s.frames(2);
  s.app().mirror().take_changes();
  const auto focus = [&] {
    const std::string changes = s.app().mirror().take_changes();
    const size_t at = changes.find("\"focus\":");
    if (at == std::string::npos) return ItemId(0);
    const ItemId id = ItemId(std::stoul(changes.substr(at + 8)));
    s.app().mirror().act(id, {ActKind::kFocus, 1, {}});
    s.frames(2);
    return id;
  };
  std::vector<ItemId> round;
  for (int i = 0; i < 12; ++i) {
    press_key(s.app(), "F6", "F6", true, 0, false);
    const ItemId id = focus();
    REQUIRE(id != 0);
    if (!round.empty() && id == round.front()) break;
    round.push_back(id);
  }
  CHECK(round.size() >= 4);
  CHECK(round.size() < 12);
  CHECK(s.app().mirror().find(round.front())->name == "Play");
  press_key(s.app(), "F6", "F6", true, kShift, false);
  CHECK(focus() == round.back());
}

TEST_CASE("a MIDI keyboard's bytes play notes") {
  Keys k;
  const uint8_t on[] = {0x90, 64, 100, 0xf8, 67, 90};          // running status, a clock in between
  midi_input(k.app, on);
  CHECK(k.app.key_is_down(64));
  CHECK(k.app.key_is_down(67));
  const uint8_t off[] = {0x80, 64, 0, 0x90, 67, 0};
  midi_input(k.app, off);
  CHECK_FALSE(k.app.key_is_down(64));
  CHECK_FALSE(k.app.key_is_down(67));
  const uint8_t cut[] = {0x90, 64};
  midi_input(k.app, cut);
  CHECK_FALSE(k.app.key_is_down(64));
}
