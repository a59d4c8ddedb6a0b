// The automation lane: drawn by mouse, moved by the mirror's sliders, recorded from knobs.
#include "ui/views/automation_lane.h"

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/effects.h"
#include "ui/views/automation_state.h"
#include "ui/views/note_grid_state.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

struct Studio : Stage {
  Studio() : Stage(ScreenSize{1280, 900}) {
    lane_state() = {};
    app().touch();
    frames(2);
    press_item(Role::kButton, "Automation");
    frames(3);
  }
  ~Studio() { lane_state() = {}; }
  Id strip() { return strip_of(app().document(), app().current_track())->id; }
  AutomationPoints volume() { return points_of(app().document(), strip(), param::strip::gain_db); }
  Rect canvas() { return lane_state().canvas; }
};

}  // namespace

TEST_CASE("The lane opens with the track's volume and lists every knob that can move") {
  Studio s;
  CHECK(s.count(Role::kGroup, "Automation") == 1);
  CHECK(s.find(Role::kComboBox, "Automated knob").text == "Volume");
  const auto& options = s.find(Role::kComboBox, "Automated knob").options;
  CHECK(std::count(options.begin(), options.end(), "Pan") == 1);
  CHECK(std::count(options.begin(), options.end(), "Synth: Brightness") == 1);
  add_effect(s.app(), s.app().current_track(), DeviceKind::reverb);
  s.frames(2);
  const auto& now = s.find(Role::kComboBox, "Automated knob").options;
  CHECK(std::count(now.begin(), now.end(), "Reverb: Blend") == 1);
}

TEST_CASE("A stroke across the lane draws points from left to right, and is one step") {
  Studio s;
  const Rect r = s.canvas();
  REQUIRE(r.h > 40);
  s.drag(r.x + 20, r.y + r.h - 10, r.x + r.w - 40, r.y + 10);
  const AutomationPoints points = s.volume();
  REQUIRE(points.size() >= 2);
  for (size_t i = 1; i < points.size(); ++i) CHECK(points[i].plain >= points[i - 1].plain);
  CHECK(points.back().plain > points.front().plain + 40);
  s.app().undo();
  CHECK(s.volume().empty());
}

TEST_CASE("A point is grabbed and moved, and removed by the right button") {
  Studio s;
  const Rect r = s.canvas();
  s.click(r.x + r.w / 2, r.y + r.h / 2);
  REQUIRE(s.volume().size() == 1);
  const AutomationPoint before = s.volume()[0];
  const float x = note_grid_state().frame.x_of(double(before.tick)), y = r.y + r.h / 2;
  s.drag(x, y, x, r.y + 10);
  REQUIRE(s.volume().size() == 1);
  CHECK(s.volume()[0].tick == before.tick);
  CHECK(s.volume()[0].plain > before.plain + 10);
  s.click(x, r.y + 10, 1);
  CHECK(s.volume().empty());
}

TEST_CASE("By keyboard and screen reader: add a point, set it, move it, remove it, clear all") {
  Studio s;
  s.app().cursor().tick = 960;
  s.press_item(Role::kButton, "Add point");
  s.frame();
  REQUIRE(s.volume().size() == 1);
  CHECK(s.volume()[0].tick == 960);
  const std::string name = "Point 1, " + s.app().describe_place(960);
  CHECK(s.find(Role::kSlider, name).text.size() > 0);
  s.act(Role::kSlider, name, {ActKind::kSetValue, 50, {}});
  s.frame();
  CHECK(s.volume()[0].plain == doctest::Approx(-24));
  s.press_item(Role::kButton, "Move point later");
  s.frame();
  CHECK(s.volume()[0].tick > 960);
  s.press_item(Role::kButton, "Remove point");
  s.frame();
  CHECK(s.volume().empty());
  s.press_item(Role::kButton, "Add point");
  s.press_item(Role::kButton, "Clear automation");
  s.frame();
  CHECK(s.volume().empty());
}

TEST_CASE("A knob moved while recording writes its movement as automation, in one step; otherwise it sets the knob") {
  Studio s;
  App& app = s.app();
  app.drag_param(s.strip(), param::strip::gain_db, -10);
  app.end_param(s.strip(), param::strip::gain_db);
  CHECK(s.volume().empty());
  CHECK(param_of(app.document(), s.strip(), param::strip::gain_db) == -10);

  app.set_audio_status(AudioStatus::kRunning, "", 48000, 0);
  app.set_recording(true);
  app.play();
  for (int i = 0; i <= 40; ++i) {
    app.drag_param(s.strip(), param::strip::gain_db, float(-10 - i));
    s.frame(16);
  }
  app.end_param(s.strip(), param::strip::gain_db);
  app.pause();
  app.set_recording(false);
  const AutomationPoints points = s.volume();
  REQUIRE(points.size() >= 2);
  CHECK(points.front().plain == doctest::Approx(-10).epsilon(0.1));
  CHECK(points.back().plain == doctest::Approx(-50).epsilon(0.05));
  CHECK(points.back().tick > points.front().tick);
  CHECK(param_of(app.document(), s.strip(), param::strip::gain_db) == -10);
  app.undo();
  CHECK(s.volume().empty());
}
