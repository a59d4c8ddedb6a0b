// Tracks and the sound panel, by pointer and by mirror: names, mute, solo, faders, knobs, instruments.
#include "ui/views/track_list.h"

#include <algorithm>

#include "doctest/doctest.h"
#include "song/gm_names.h"
#include "tests/ui/stage.h"
#include "ui/commands.h"
#include "ui/views/device_panel.h"
#include "ui/views/instruments.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/meter.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

struct Tracks : Stage {
  Tracks() : Stage(draw_track_list, {0, 0, 300, 800}) {}
  const std::vector<Id>& ids() { return app().document().children(kSongId, Kind::track); }
  float strip(Id track, uint16_t index) { return app().param(strip_of(app().document(), track)->id, index); }
};

struct Panel : Stage {
  Panel() : Stage(draw_device_panel, {0, 0, 300, 2600}) {}
  Id device() { return instrument_of(app().document(), app().current_track())->id; }
  float cutoff() { return app().param(device(), param::poly_synth::cutoff_hz); }
};

float middle_x(const Rect& r) { return r.x + r.w / 2; }
float middle_y(const Rect& r) { return r.y + r.h / 2; }

}  // namespace

TEST_CASE("every track is a list item with its controls inside") {
  Tracks s;
  const size_t count = s.ids().size();
  REQUIRE(count >= 3);
  CHECK(s.count(Role::kList, "Tracks") == 1);
  for (Id id : s.ids()) CHECK(s.count(Role::kListItem, s.app().document().find(id)->text(field::track::name)) == 1);
  for (const char* name : {"Mute", "Solo"}) CHECK(s.count(Role::kCheckbox, name) == int(count));
  for (const char* name : {"Volume", "Pan"}) CHECK(s.count(Role::kSlider, name) == int(count));
  CHECK(s.count(Role::kComboBox, "Instrument") == int(count));
  CHECK(s.find(Role::kSlider, "Pan", 0).text.size() > 0);
}

TEST_CASE("mute and solo by mirror and by pointer") {
  Tracks s;
  s.press_item(Role::kCheckbox, "Mute", 1);
  CHECK(s.app().document().find(s.ids()[1])->integer(field::track::mute) == 1);
  CHECK(s.find(Role::kCheckbox, "Mute", 1).checked == 1);
  const Rect r = s.find(Role::kCheckbox, "Solo", 2).rect;
  s.click(middle_x(r), middle_y(r));
  CHECK(s.app().document().find(s.ids()[2])->integer(field::track::solo) == 1);
  s.app().undo();
  CHECK(s.app().document().find(s.ids()[2])->integer(field::track::solo) == 0);
}

TEST_CASE("a click on a track chooses it, and so does a press in the mirror") {
  Tracks s;
  const Rect r = s.find(Role::kListItem, s.app().document().find(s.ids()[2])->text(field::track::name)).rect;
  s.click(r.x + 80, r.y + 20);
  CHECK(s.app().current_track() == s.ids()[2]);
  s.press_item(Role::kListItem, s.app().document().find(s.ids()[1])->text(field::track::name));
  CHECK(s.app().current_track() == s.ids()[1]);
}

TEST_CASE("the volume fader: one drag is one step, a double click is the default, the mirror speaks decibels") {
  Tracks s;
  const Id track = s.ids()[0];
  const float before = s.strip(track, param::strip::gain_db);
  const size_t revision = size_t(s.app().revision());
  const Rect r = s.find(Role::kSlider, "Volume").rect;
  s.drag(r.x + r.w / 2, middle_y(r), r.x + r.w / 2 - 60, middle_y(r));
  CHECK(s.strip(track, param::strip::gain_db) < before - 5);
  CHECK(size_t(s.app().revision()) > revision);
  s.app().undo();
  CHECK(s.strip(track, param::strip::gain_db) == before);

  s.act(Role::kSlider, "Volume", {ActKind::kSetValue, -6, {}});
  CHECK(s.strip(track, param::strip::gain_db) == -6);
  CHECK(s.find(Role::kSlider, "Volume").text == "minus 6 decibels");
  s.double_click(r.x + r.w / 2, middle_y(r));
  CHECK(s.strip(track, param::strip::gain_db) == 0);
}

TEST_CASE("tracks are added, renamed and deleted; the last one stays") {
  Tracks s;
  const size_t count = s.ids().size();
  s.press_item(Role::kButton, "Add track");
  REQUIRE(s.ids().size() == count + 1);
  CHECK(s.app().current_track() == s.ids().back());
  s.act(Role::kTextbox, "Track name", {ActKind::kSetText, 0, "Whistle"});
  CHECK(s.count(Role::kListItem, "Whistle") == 1);
  while (s.ids().size() > 1) s.press_item(Role::kButton, "Delete track");
  CHECK(s.find(Role::kButton, "Delete track").disabled);
  s.press_item(Role::kButton, "Delete track");
  CHECK(s.ids().size() == 1);
}

TEST_CASE("a double click on the chosen track's name asks the page for its text field") {
  Tracks s;
  const Rect r = s.find(Role::kTextbox, "Track name").rect;
  s.double_click(r.x + 20, r.y + 12);
  CHECK(test::asked().edited_text == s.find(Role::kTextbox, "Track name").id);
}

TEST_CASE("instruments: the synth's sounds, drums, and all of General MIDI by name") {
  Tracks s;
  const Id track = s.ids()[0];
  const Item box = s.find(Role::kComboBox, "Instrument");
  for (std::string_view name : kGmNames) CHECK(std::count(box.options.begin(), box.options.end(), name) == 1);
  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Grand piano"});
  const auto piano = instrument_of(s.app().document(), track);
  CHECK(piano->kind == DeviceKind::soundfont);
  CHECK(piano->program == 0);
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Grand piano");
  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Soft synth pad"});
  CHECK(instrument_of(s.app().document(), track)->kind == DeviceKind::poly_synth);
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Soft synth pad");
  s.app().undo();
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Soft synth pad");       // the mirror is of the last frame
  s.frames(2);
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Grand piano");
  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Sampled drums"});
  CHECK(is_drum_track(s.app().document(), track));
}

TEST_CASE("a list opens under its field, takes a click and closes") {
  Panel s;
  const Rect r = s.find(Role::kComboBox, "Sound").rect;
  s.click(middle_x(r), middle_y(r));
  CHECK(combo_is_open());
  s.click(middle_x(r), bottom(r) + 90);
  s.frames(2);
  CHECK_FALSE(combo_is_open());
  CHECK(instrument_of_track(s.app(), s.app().current_track()) > 0);
}

TEST_CASE("knobs: dragging up raises, Shift is fine, sound follows before the drag ends, one step of undo") {
  Panel s;
  const float before = s.cutoff();
  const Rect r = s.find(Role::kSlider, "Brightness").rect;
  s.frame(1000);
  s.move(middle_x(r), r.y + 30);
  s.press();
  s.move(middle_x(r), r.y + 10);
  const float after = s.cutoff();
  CHECK(after > before * 1.2f);
  CHECK(param_of(s.app().document(), s.device(), param::poly_synth::cutoff_hz) == before);    // the song waits for the end
  input_for_platform().shift = true;
  s.move(middle_x(r), r.y - 10);
  input_for_platform().shift = false;
  const float fine = s.cutoff();
  CHECK(fine > after);
  CHECK(fine / after < after / before);
  s.release();
  CHECK(param_of(s.app().document(), s.device(), param::poly_synth::cutoff_hz) == doctest::Approx(fine));
  s.app().undo();
  CHECK(s.cutoff() == before);
}

TEST_CASE("knobs: the wheel turns, and several turns are one step") {
  Panel s;
  const float before = s.cutoff();
  const Rect r = s.find(Role::kSlider, "Brightness").rect;
  s.move(middle_x(r), r.y + 20);
  for (int i = 0; i < 4; ++i) s.wheel(0, -100);
  CHECK(s.cutoff() > before);
  s.frame(600);
  s.frame();
  CHECK(param_of(s.app().document(), s.device(), param::poly_synth::cutoff_hz) > before);
  s.app().undo();
  CHECK(s.cutoff() == before);
}

TEST_CASE("the panel shows every knob of the table that is not hidden, for each kind of instrument") {
  Panel s;
  for (const char* instrument : {"Synth", "Drum kit", "Church organ"}) {
    s.act(Role::kComboBox, "Sound", {ActKind::kSetText, 0, instrument});
    const DeviceKind kind = instrument_of(s.app().document(), s.app().current_track())->kind;
    for (const ParamInfo& param : params_of(kind)) {
      CAPTURE(param.symbol);
      CHECK(s.count(Role::kSlider, param.label) == (param.flags & kHidden ? 0 : 1));
    }
    CHECK(s.count(Role::kSlider, "Room") == 1);
  }
}

TEST_CASE("a meter's scale: silence at the bottom, full scale at the top, decibels between") {
  CHECK(meter_position(0) == 0);
  CHECK(meter_position(1) == 1);
  CHECK(meter_position(4) == 1);
  CHECK(meter_position(0.5f) - meter_position(0.25f) == doctest::Approx(meter_position(0.25f) - meter_position(0.125f)));
}

namespace {

constexpr const char* kDroppedFont = R"({"key": "cafe", "name": "mine.sf2", "presets": [
  {"bank": 0, "program": 3, "name": "Grand piano"}, {"bank": 8, "program": 5, "name": "Kora"}, {"bank": 128, "program": 0, "name": "Kora"}]})";

DeviceRef instrument(Stage& s, Id track) { return *instrument_of(s.app().document(), track); }

std::vector<std::string> last_options(Stage& s, size_t count) {
  const auto& options = s.find(Role::kComboBox, "Instrument").options;
  return {options.end() - ptrdiff_t(std::min(count, options.size())), options.end()};
}

}  // namespace

TEST_CASE("every preset of a dropped SoundFont can be chosen, by names of their own, and undone") {
  Tracks s;
  const Id track = s.app().current_track();
  run_command(s.app(), "soundfont", kDroppedFont);
  s.frames(2);
  CHECK(instrument(s, track).soundfont == "cafe");
  CHECK(instrument(s, track).program == 3);
  CHECK(s.app().notice.find("mine.sf2") != std::string::npos);
  CHECK(last_options(s, 3) == std::vector<std::string>{"Grand piano (mine.sf2)", "Kora", "Kora 128:0"});
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Grand piano (mine.sf2)");

  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Kora"});
  CHECK(instrument(s, track).bank == 8);
  CHECK(instrument(s, track).program == 5);
  CHECK(instrument(s, track).soundfont_name == "mine.sf2");
  s.app().undo();
  CHECK(instrument(s, track).program == 3);
  s.app().undo();
  CHECK(instrument(s, track).soundfont.empty());
  s.app().redo();
  s.app().redo();
  CHECK(instrument(s, track).program == 5);
  s.frames(2);
  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Grand piano"});
  CHECK(instrument(s, track).soundfont.empty());
}

TEST_CASE("a link keeps the preset; where its file is missing the list says which, and dropping it brings it back") {
  std::string link;
  {
    Tracks s;
    run_command(s.app(), "soundfont", kDroppedFont);
    s.frames(2);
    s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "Kora"});
    link = s.app().link().value();
  }
  Tracks s;
  REQUIRE(s.app().open_link(link));
  s.frames(2);
  const Id first = s.ids()[0], last = s.ids().back();
  CHECK(s.find(Role::kComboBox, "Instrument").text == "mine.sf2");
  const uint64_t before = s.app().revision();
  s.act(Role::kComboBox, "Instrument", {ActKind::kSetText, 0, "mine.sf2"});
  CHECK(s.app().revision() == before);

  s.app().choose_track(last);
  run_command(s.app(), "soundfont", kDroppedFont);
  s.frames(2);
  CHECK(s.find(Role::kComboBox, "Instrument").text == "Kora");
  CHECK(instrument(s, first).program == 5);
  CHECK(instrument(s, last).soundfont.empty());      // somebody waited for the file: it is not for the chosen track
  run_command(s.app(), "soundfont", kDroppedFont);
  CHECK(instrument(s, last).soundfont == "cafe");
}

TEST_CASE("lists of presets from files nobody can trust change nothing or are cut to size") {
  Tracks s;
  const uint64_t before = s.app().revision();
  for (const char* json : {"{}", R"({"key": "a", "name": "b", "presets": []})", R"({"key": 3, "presets": [{}]})", R"({"key": "a", "presets": 7})"})
    run_command(s.app(), "soundfont", json);
  CHECK(s.app().revision() == before);
  std::string many = R"({"key": "big", "name": "big.sf2", "presets": [{"bank": -4, "program": 1e9, "name": 5})";
  for (int i = 0; i < 5000; ++i) many += ",{}";
  run_command(s.app(), "soundfont", many + "]}");
  CHECK(s.app().soundfonts.find("big")->presets.size() == 512);
  CHECK(instrument(s, s.app().current_track()).program == 0);
  s.frames(2);
}
