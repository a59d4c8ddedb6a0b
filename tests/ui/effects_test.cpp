// Effects on the screen: adding, turning off, moving, removing, on tracks, buses and the master; by pointer and by mirror.
#include "ui/effects.h"

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/views/device_panel.h"
#include "ui/views/track_list.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

struct Panel : Stage {
  Panel() : Stage(draw_device_panel, {0, 0, 300, 2400}) {}
  std::vector<Effect> chain(Id owner = 0) { return effects_of(app().document(), owner ? owner : app().current_track()); }
  Id add(DeviceKind kind) {
    const Id id = add_effect(app(), app().sound_owner(), kind);
    frames(2);
    return id;
  }
};

struct Studio : Stage {
  Studio() : Stage(ScreenSize{1280, 900}) {}
};

}  // namespace

TEST_CASE("Add effect opens the list of effects in plain words; the one chosen is in the chain, and that is one step") {
  Studio s;
  const Id track = s.app().current_track();
  s.press_item(Role::kButton, "Add effect");
  CHECK(s.count(Role::kDialog, "Add effect") == 1);
  for (const char* group : {"Space and echo", "Tone and grit", "Movement", "Loudness and width"}) CHECK(s.count(Role::kGroup, group) == 1);
  CHECK(s.find(Role::kButton, "Delay").help.size() > 0);
  s.press_item(Role::kButton, "Reverb");
  s.frames(3);
  CHECK(s.app().dialog == Dialog::kNone);
  const auto effects = effects_of(s.app().document(), track);
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].kind == DeviceKind::reverb);
  CHECK(s.app().param(effects[0].id, param::reverb::mix) == doctest::Approx(0.3));
  CHECK(s.count(Role::kCheckbox, "Reverb") == 1);
  s.app().undo();
  CHECK(effects_of(s.app().document(), track).empty());
}

TEST_CASE("every effect of the table can be added and shows its front knobs by name") {
  for (const DeviceInfo& device : kDevices) {
    if (!is_chain_effect(device.kind)) continue;
    CAPTURE(device.label);
    Panel s;
    s.add(device.kind);
    CHECK(s.count(Role::kCheckbox, device.label) == 1);
    for (const ParamInfo& param : params_of(device.kind))
      if (param.flags & kFront) CHECK(s.count(Role::kSlider, param.label) >= 1);
  }
}

TEST_CASE("an effect is turned off and on by its checkbox, by mirror and by pointer") {
  Panel s;
  s.add(DeviceKind::reverb);
  s.press_item(Role::kCheckbox, "Reverb");
  s.frame();
  CHECK(s.chain()[0].bypassed);
  CHECK(s.find(Role::kCheckbox, "Reverb").checked == 0);
  const Rect r = s.find(Role::kCheckbox, "Reverb").rect;
  s.click(r.x + 20, r.y + r.h / 2);
  CHECK_FALSE(s.chain()[0].bypassed);
}

TEST_CASE("effects move up and down and are removed; the first cannot go up, the last not down") {
  Panel s;
  const Id a = s.add(DeviceKind::reverb), b = s.add(DeviceKind::delay);
  CHECK(s.find(Role::kButton, "Move up", 0).disabled);
  CHECK(s.find(Role::kButton, "Move down", 1).disabled);
  s.press_item(Role::kButton, "Move up", 1);
  s.frame();
  CHECK(s.chain()[0].id == b);
  const Rect down = s.find(Role::kButton, "Move down", 0).rect;
  s.click(down.x + down.w / 2, down.y + down.h / 2);
  CHECK(s.chain()[0].id == a);
  s.press_item(Role::kButton, "Remove", 0);
  s.frame();
  REQUIRE(s.chain().size() == 1);
  CHECK(s.chain()[0].id == b);
}

TEST_CASE("a full chain says so and takes no more") {
  Panel s;
  for (int i = 0; i < kMaxEffects; ++i) s.add(DeviceKind::reverb);
  CHECK(s.find(Role::kButton, "Add effect").disabled);
  CHECK(s.add(DeviceKind::reverb) == 0);
  CHECK(s.app().last_error.find("8") != std::string::npos);
}

TEST_CASE("a preset sets every knob of its effect; another value afterwards shows as own settings") {
  Panel s;
  DeviceKind kind = DeviceKind::none;
  for (const DeviceInfo& device : kDevices)
    if (is_chain_effect(device.kind) && effect_presets(device.kind).size() > 1) kind = device.kind;
  if (kind == DeviceKind::none) return;                 // the table has no presets of effects
  const Id effect = s.add(kind);
  const Preset& last = *effect_presets(kind).back();
  s.act(Role::kComboBox, "Preset", {ActKind::kSetText, 0, std::string(last.name)});
  s.frame();
  for (const ParamInfo& param : params_of(kind))
    CHECK(s.app().param(effect, param.index) == doctest::Approx(last.value_of(param)).epsilon(0.01));
  CHECK(s.find(Role::kComboBox, "Preset").text == last.name);
}

TEST_CASE("a compressor listens to another track") {
  Panel s;
  const Id effect = s.add(DeviceKind::compressor);
  const std::vector<Id> tracks = s.app().document().children(kSongId, Kind::track);
  const std::string drums = sound_name(s.app(), tracks.back());
  s.act(Role::kComboBox, "Listens to", {ActKind::kSetText, 0, drums});
  s.frame();
  CHECK(s.chain()[0].id == effect);
  CHECK(s.chain()[0].side_chain == tracks.back());
  CHECK(s.find(Role::kComboBox, "Listens to").text == drums);
  s.act(Role::kComboBox, "Listens to", {ActKind::kSetText, 0, "Its own sound"});
  s.frame();
  CHECK(s.chain()[0].side_chain == 0);
}

TEST_CASE("the master and buses have their own chains; tracks send to buses by name") {
  Studio s;
  const Id track = s.app().current_track();
  s.press_item(Role::kButton, "Master");
  CHECK(s.app().sound_owner() == kSongId);
  CHECK(s.app().current_track() == track);                // notes stay where they were
  CHECK(s.count(Role::kGroup, "Sound of the master") == 1);
  s.press_item(Role::kButton, "Add effect");
  s.press_item(Role::kButton, "Reverb");
  s.frames(3);
  CHECK(effects_of(s.app().document(), kSongId).size() == 1);

  s.press_item(Role::kButton, "Add bus");
  s.frames(2);
  const Id bus = bus_track(s.app().document(), 1);
  REQUIRE(bus != 0);
  CHECK(s.app().sound_owner() == bus);
  CHECK(s.app().current_track() == track);
  CHECK(s.count(Role::kListItem, "Bus 1") == 1);
  CHECK(s.count(Role::kGroup, "Sound of Bus 1") == 1);
  s.app().choose_track(track);
  s.frames(2);
  const Item& send = s.find(Role::kSlider, "Bus 1");
  CHECK(send.value == -60);
  s.act(Role::kSlider, "Bus 1", {ActKind::kSetValue, -12, {}});
  s.frame();
  CHECK(param_of(s.app().document(), strip_of(s.app().document(), track)->id, bus_send_param(1)) == -12);
}
