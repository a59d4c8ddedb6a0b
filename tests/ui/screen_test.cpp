// The whole studio: every control of the contract is there by role and name and works from the mirror; nothing overlaps or
// falls off the screen at any size; nothing is drawn while nothing happens.
#include <initializer_list>

#include "doctest/doctest.h"
#include "song/defaults.h"
#include "tests/ui/stage.h"
#include "ui/keys.h"
#include "ui/theme/tokens.h"

using namespace arietta;
using namespace arietta::ui;
using test::asked;
using test::Stage;

namespace {

constexpr ScreenSize kDesktop{1600, 950}, kLaptop{1024, 700}, kPhone{360, 740};

struct Name { Role role; const char* name; };
constexpr Name kContract[] = {
    {Role::kToolbar, "Transport"}, {Role::kButton, "Play"}, {Role::kButton, "Stop"}, {Role::kButton, "Record"},
    {Role::kSpinButton, "Tempo"}, {Role::kCheckbox, "Loop"}, {Role::kCheckbox, "Metronome"}, {Role::kSlider, "Position"},
    {Role::kGroup, "Song"}, {Role::kTextbox, "Song name"}, {Role::kButton, "Undo"}, {Role::kButton, "Redo"},
    {Role::kButton, "Share"}, {Role::kButton, "Open"}, {Role::kButton, "New song"}, {Role::kButton, "Versions"},
};
constexpr Name kDesktopOnly[] = {
    {Role::kButton, "Tap tempo"}, {Role::kComboBox, "Key"}, {Role::kComboBox, "Scale"}, {Role::kComboBox, "Time signature"},
    {Role::kList, "Tracks"}, {Role::kCheckbox, "Mute"}, {Role::kCheckbox, "Solo"}, {Role::kSlider, "Volume"},
    {Role::kSlider, "Pan"}, {Role::kComboBox, "Instrument"}, {Role::kButton, "Add track"}, {Role::kButton, "Delete track"},
    {Role::kGrid, "Notes"},
};

bool apart(const Rect& a, const Rect& b) {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y || a.w * a.h == 0 || b.w * b.h == 0;
}

}  // namespace

TEST_CASE("every control has its role and name, on large screens and on a phone") {
  for (const ScreenSize& size : {kDesktop, kLaptop}) {
    Stage s(size);
    for (const Name& n : kContract) CHECK_MESSAGE(s.count(n.role, n.name) >= 1, n.name);
    for (const Name& n : kDesktopOnly) CHECK_MESSAGE(s.count(n.role, n.name) >= 1, n.name);
  }
  Stage phone(kPhone);
  for (const Name& n : kContract) CHECK_MESSAGE(phone.count(n.role, n.name) >= 1, n.name);
  CHECK(phone.count(Role::kGrid, "Notes") == 1);
  phone.press_item(Role::kButton, "Tracks view");
  CHECK(phone.count(Role::kList, "Tracks") == 1);
  phone.press_item(Role::kButton, "More");
  for (const char* name : {"Key", "Scale", "Time signature"}) CHECK(phone.count(Role::kComboBox, name) == 1);
  CHECK(phone.count(Role::kButton, "Tap tempo") == 1);
}

TEST_CASE("the parts of the screen neither overlap nor leave it") {
  for (float w : {320.f, 360.f, 740.f, 899.f, 900.f, 1024.f, 1239.f, 1240.f, 1600.f, 2560.f})
    for (float h : {320.f, 480.f, 700.f, 1200.f})
      for (Page page : {Page::kNotes, Page::kTracks, Page::kSound}) {
        CAPTURE(w);
        CAPTURE(h);
        const Layout l = lay_out({w, h, 10, 20}, page);
        const Rect parts[] = {l.song, l.transport, l.tabs, l.tracks, l.sound, l.arrange, l.notes, l.piano};
        for (const Rect& a : parts) {
          if (a.w * a.h == 0) continue;
          CHECK(a.x >= 0);
          CHECK(a.y >= 10);
          CHECK(a.x + a.w <= w + 0.01f);
          CHECK(a.y + a.h <= h - 20 + 0.01f);
          for (const Rect& b : parts)
            if (&a != &b) CHECK(apart(a, b));
        }
        const Rect& main = page == Page::kTracks && l.narrow ? l.tracks : page == Page::kSound && l.narrow ? l.sound : l.notes;
        CHECK(main.h >= 80);
        CHECK(main.w >= 300);
      }
}

TEST_CASE("on a phone what a finger should hit is large enough and on the screen") {
  Stage s(kPhone);
  for (const Item& item : s.app().mirror().items()) {
    if (item.role != Role::kButton && item.role != Role::kCheckbox && item.role != Role::kComboBox) continue;
    CAPTURE(item.name);
    CHECK(std::max(item.rect.w, item.rect.h) >= 44);
    CHECK(std::min(item.rect.w, item.rect.h) >= 22);      // black keys of a piano
    CHECK(item.rect.x >= 0);
    CHECK(item.rect.x + item.rect.w <= kPhone.w);
  }
}

TEST_CASE("the mirror stays small enough for screen readers") {
  Stage s(kDesktop);
  CHECK(s.app().mirror().items().size() <= 300);
}

TEST_CASE("Play becomes Pause, keeps its place, and Stop goes back to the start") {
  Stage s(kDesktop);
  const ItemId id = s.find(Role::kButton, "Play").id;
  s.press_item(Role::kButton, "Play");
  CHECK(s.app().playing());
  CHECK(asked().started_audio > 0);
  CHECK(s.find(Role::kButton, "Pause").id == id);
  CHECK(s.count(Role::kButton, "Play") == 0);
  s.press_item(Role::kButton, "Pause");
  CHECK_FALSE(s.app().playing());
  s.app().seek(960);
  s.press_item(Role::kButton, "Stop");
  CHECK(s.app().song_tick() == 0);
}

TEST_CASE("the transport follows the mouse as it follows the mirror") {
  Stage s(kDesktop);
  const Rect play = s.find(Role::kButton, "Play").rect;
  s.click(play.x + play.w / 2, play.y + play.h / 2);
  CHECK(s.app().playing());
  const Rect loop = s.find(Role::kCheckbox, "Loop").rect;
  const bool before = s.app().loop();
  s.click(loop.x + loop.w / 2, loop.y + loop.h / 2);
  CHECK(s.app().loop() != before);
  s.press_item(Role::kCheckbox, "Loop");
  CHECK(s.app().loop() == before);
}

TEST_CASE("pointers reach every part of the screen, whatever was drawn before it") {
  SUBCASE("the note grid beside the track list") {
    Stage s(kDesktop);
    s.app().touch();
    const Id clip = s.app().document().children(s.app().current_track(), Kind::clip)[0];
    const size_t before = s.app().document().children(clip, Kind::note).size();
    const Rect grid = s.find(Role::kGrid, "Notes").rect;
    s.click(grid.x + grid.w * 0.31f, grid.y + grid.h * 0.9f);
    CHECK(s.app().document().children(clip, Kind::note).size() == before + 1);
  }
  SUBCASE("the tabs below every page") {
    Stage s(kPhone);
    s.app().touch();
    for (const char* tab : {"Tracks view", "Sound view", "Notes view"}) {
      const Rect r = s.find(Role::kButton, tab).rect;
      s.click(r.x + r.w / 2, r.y + r.h / 2);
      CHECK(s.find(Role::kButton, tab).checked == 1);
    }
  }
}

TEST_CASE("tempo, name, key, scale and meter change the song and can be undone") {
  Stage s(kDesktop);
  s.act(Role::kSpinButton, "Tempo", {ActKind::kSetValue, 97, {}});
  CHECK(s.app().tempo() == doctest::Approx(97).epsilon(0.001));
  s.frame(1000);
  s.act(Role::kTextbox, "Song name", {ActKind::kSetText, 0, "Æ lullaby"});
  CHECK(s.app().title() == "Æ lullaby");
  s.act(Role::kComboBox, "Key", {ActKind::kSetText, 0, "Eb"});
  CHECK(s.app().document().song().integer(field::song::key_root) == 3);
  s.act(Role::kComboBox, "Time signature", {ActKind::kSetText, 0, "6/8"});
  CHECK(s.app().time().meter_at(0).beats == 6);
  CHECK(s.app().time().meter_at(0).beat_unit == 8);
  for (int i = 0; i < 4; ++i) s.press_item(Role::kButton, "Undo");
  CHECK(s.app().title() == "First light");
  CHECK(s.app().time().meter_at(0).beats == 4);
  CHECK(s.find(Role::kButton, "Undo").disabled);
  s.press_item(Role::kButton, "Redo");
  CHECK(s.app().tempo() == doctest::Approx(97).epsilon(0.001));
}

TEST_CASE("typing a tempo is one step to undo") {
  Stage s(kDesktop);
  for (double typed : {1., 12., 128.}) s.act(Role::kSpinButton, "Tempo", {ActKind::kSetValue, typed, {}});
  CHECK(s.app().tempo() == doctest::Approx(128).epsilon(0.001));
  s.press_item(Role::kButton, "Undo");
  CHECK(s.app().tempo() == doctest::Approx(TimeMap(starter_song()).quarters_per_minute_at(0)));
}

TEST_CASE("three doors stand open until one is taken") {
  for (const ScreenSize& size : {kDesktop, kPhone}) {
    Stage s(size);
    for (const char* door : {"Play with this song", "Finish my melody", "Start from nothing"}) CHECK(s.count(Role::kButton, door) == 1);
    s.press_item(Role::kButton, "Play with this song");
    CHECK(s.app().playing());
    CHECK(s.count(Role::kButton, "Start from nothing") == 0);
  }
  Stage s(kDesktop);
  s.press_item(Role::kButton, "Finish my melody");
  CHECK(asked().help_request.find("\"continue\"") != std::string::npos);
  CHECK(s.count(Role::kButton, "Start from nothing") == 0);
}

TEST_CASE("the Share dialog has the link, copies it and saves files; Escape closes it") {
  Stage s(kDesktop);
  s.press_item(Role::kButton, "Share");
  s.frames(2);
  CHECK(s.count(Role::kDialog, "Share") == 1);
  const std::string link = s.find(Role::kTextbox, "Link").text;
  CHECK(link.rfind("https://arietta.test/#s=", 0) == 0);
  s.press_item(Role::kButton, "Copy link");
  CHECK(asked().copied == link);
  s.press_item(Role::kButton, "Download project");
  CHECK(asked().saved_name == "First light.arietta");
  s.press_item(Role::kButton, "Export MIDI");
  CHECK(asked().saved_name == "First light.mid");
  s.press_item(Role::kButton, "Export WAV");
  CHECK(asked().exported == R"({"kind":"wav"})");
  CHECK(press_key(s.app(), "Escape", "Escape", true, 0, false));
  s.frames(2);
  CHECK(s.count(Role::kDialog, "Share") == 0);
}

TEST_CASE("a dialog closes by one touch on Close, and by a press beside it") {
  Stage s(kPhone);
  s.app().touch();
  const auto tap = [&](Role role, const char* name) {
    const Rect r = s.find(role, name).rect;
    s.touch_down(1, r.x + r.w / 2, r.y + r.h / 2);
    s.touch_up(1);
    s.frames(3);
  };
  tap(Role::kButton, "More");
  CHECK(s.app().dialog == Dialog::kMore);
  tap(Role::kButton, "Settings");
  CHECK(s.app().dialog == Dialog::kSettings);
  tap(Role::kButton, "Close");
  CHECK(s.app().dialog == Dialog::kNone);
  tap(Role::kButton, "More");
  s.click(180, 20);
  CHECK(s.app().dialog == Dialog::kNone);
  tap(Role::kTextbox, "Song name");
  CHECK(asked().edited_text == s.find(Role::kTextbox, "Song name").id);
}

TEST_CASE("versions are listed and opened") {
  Stage s(kDesktop);
  s.app().versions = {{7, "Old song", "yesterday"}, {3, "", "last week"}};
  s.press_item(Role::kButton, "Versions");
  s.frames(2);
  CHECK(s.count(Role::kListItem, "Old song, yesterday") == 1);
  s.press_item(Role::kButton, "Open", 1);               // the first one opens files
  CHECK(asked().opened_version == 7);
}

TEST_CASE("an error is shown, spoken at once, and stays until it is dismissed") {
  Stage s(kDesktop);
  const uint8_t rubbish[] = {'n', 'o', 't', ' ', 'a', ' ', 's', 'o', 'n', 'g'};
  CHECK_FALSE(s.app().open_bytes(rubbish, "holiday.mid"));
  s.frames(30);
  CHECK(s.count(Role::kStatus, "Problem") == 1);
  CHECK_FALSE(s.find(Role::kStatus, "Problem").text.empty());
  s.press_item(Role::kButton, "Dismiss");
  s.frames(2);
  CHECK(s.count(Role::kStatus, "Problem") == 0);
}

TEST_CASE("nothing is drawn while nothing happens") {
  Stage s(kDesktop);
  s.app().touch();                       // the first song runs by silently until then
  s.frames(10);
  CHECK_FALSE(s.app().wants_frame());
  s.press_item(Role::kButton, "Play");
  CHECK(s.app().wants_frame());
}

TEST_CASE("the silent preview of the first song comes to rest by itself") {
  Stage s(kDesktop);
  CHECK(s.app().wants_frame());
  s.frame(60'000);
  s.frames(3);
  CHECK_FALSE(s.app().wants_frame());
  const double resting = s.app().song_tick();

  s.app().wake_preview();                // a pointer moves, the tab is looked at again
  s.frame(500);
  CHECK(s.app().song_tick() > resting);
  s.app().wake_preview();                // it goes on, it does not begin again
  CHECK(s.app().song_tick() > resting);
  s.frame(60'000);
  s.frames(3);
  CHECK_FALSE(s.app().wants_frame());

  s.app().preferences().reduced_motion = 1;
  s.app().wake_preview();
  CHECK_FALSE(s.app().wants_frame());
  s.app().preferences().reduced_motion = 0;
  s.app().touch();                       // nobody's song any more
  s.app().wake_preview();
  CHECK_FALSE(s.app().wants_frame());
}

TEST_CASE("the Position slider seeks from the mouse and from the mirror") {
  Stage s(kDesktop);
  s.app().touch();
  const Rect r = s.find(Role::kSlider, "Position").rect;
  s.click(r.x + r.w * 0.55f, r.y + r.h / 2);
  const double clicked = s.app().song_tick();
  CHECK(clicked == doctest::Approx(double(s.app().length()) / 2));      // whole beats
  s.act(Role::kSlider, "Position", {ActKind::kSetValue, 960, {}});
  CHECK(s.app().song_tick() == 960);
}
