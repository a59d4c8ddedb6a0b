// The piano on the screen: by mouse, by several fingers, by the mirror.
#include "ui/views/piano_keys.h"

#include "doctest/doctest.h"
#include "tests/ui/stage.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

struct Piano : Stage {
  Piano() : Stage(draw_piano_keys, {0, 0, 800, 140}) {}
  float x(const char* key) { return find(Role::kButton, key).rect.x + find(Role::kButton, key).rect.w / 2; }
  bool down(int key) { return app().key_is_down(key); }
};

}  // namespace

TEST_CASE("a key sounds when the mouse goes down on it, not when it comes up") {
  Piano p;
  p.move(p.x("C4"), 120);
  p.press();
  CHECK(p.down(60));
  p.move(p.x("D4"), 120);
  CHECK(p.down(62));
  CHECK_FALSE(p.down(60));
  p.release();
  CHECK_FALSE(p.down(62));
}

TEST_CASE("black keys lie on top of white ones, in their upper part only") {
  Piano p;
  p.click(p.x("C#4"), 20);
  p.move(p.x("C#4"), 20);
  p.press();
  CHECK(p.down(61));
  p.release();
  p.move(p.x("C#4") - 4, 130);
  p.press();
  CHECK(p.down(60));
  p.release();
}

TEST_CASE("several fingers hold several keys, and each glides on its own") {
  Piano p;
  p.touch_down(1, p.x("C4"), 120);
  p.touch_down(2, p.x("E4"), 120);
  p.touch_down(3, p.x("G4"), 120);
  CHECK((p.down(60) && p.down(64) && p.down(67)));
  p.touch_move(2, p.x("F4"), 120);
  CHECK((p.down(60) && p.down(65) && p.down(67)));
  CHECK_FALSE(p.down(64));
  p.touch_up(1);
  p.frames(2);
  CHECK_FALSE(p.down(60));
  CHECK((p.down(65) && p.down(67)));
  p.touch_up(2);
  p.touch_up(3);
  p.frames(2);
  CHECK_FALSE((p.down(65) || p.down(67)));
}

TEST_CASE("a finger the page lost leaves no note behind") {
  Piano p;
  p.touch_down(1, p.x("C4"), 120);
  CHECK(p.down(60));
  input_for_platform().touches.clear();
  p.frames(2);
  CHECK_FALSE(p.down(60));
}

TEST_CASE("octave buttons move the keys") {
  Piano p;
  REQUIRE(p.count(Role::kButton, "C4") == 1);
  p.press_item(Role::kButton, "Octave up");
  CHECK(p.count(Role::kButton, "C4") == 0);
  CHECK(p.count(Role::kButton, "C5") == 1);
  for (int i = 0; i < 12; ++i) p.press_item(Role::kButton, "Octave down");
  CHECK(p.app().keyboard_octave() == 0);
  CHECK(p.find(Role::kButton, "Octave down").disabled);
}

TEST_CASE("a key pressed in the mirror is heard for a moment") {
  Piano p;
  p.press_item(Role::kButton, "E4");
  CHECK(p.down(64));
  p.frame(400);
  p.frame();
  CHECK_FALSE(p.down(64));
}
