// Fingers: the first one is the mouse, others are not; two of them move and spread; a lifted finger leaves nothing lit.
#include <imgui.h>

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/platform/touches.h"

using namespace arietta::ui;

namespace {

struct Hand : test::Stage {
  Hand() : Stage(ScreenSize{800, 600}) { app().touch(); }
  ~Hand() { release_touches(); }
  // What the platform does around the events of one frame.
  template <class Events>
  void step(Events events) {
    begin_touches();
    events();
    end_touches();
    ImGui::NewFrame();
    ImGui::EndFrame();
  }
};

}  // namespace

TEST_CASE("the first finger is the mouse until it is lifted") {
  Hand hand;
  hand.step([] { touch_down(5, 100, 50); });
  hand.step([] { touch_down(9, 300, 50); });
  hand.step([] { touch_move(9, 320, 50); });
  CHECK(ImGui::GetIO().MousePos.x == 100);
  CHECK(input().mouse_is_touch);
  REQUIRE(input().touches.size() == 2);
  CHECK(input().touches[0].id != input().touches[1].id);
  hand.step([] { touch_up(5); });
  for (int i = 0; i < 3; ++i) hand.step([] {});
  CHECK_FALSE(ImGui::IsMouseDown(0));
  CHECK(ImGui::GetIO().MousePos.x < 0);
  CHECK(input().touches.size() == 1);
}

TEST_CASE("a finger says down, move and up, each when it happens") {
  Hand hand;
  hand.step([] { touch_down(1, 10, 10); });
  CHECK(input().touches[0].phase == TouchPhase::kDown);
  hand.step([] { touch_move(1, 20, 10); });
  CHECK(input().touches[0].phase == TouchPhase::kMove);
  CHECK(input().touches[0].x == 20);
  CHECK(input().touches[0].start_x == 10);
  hand.step([] { touch_up(1); });
  CHECK(input().touches[0].phase == TouchPhase::kUp);
  hand.step([] {});
  CHECK(input().touches.empty());
}

TEST_CASE("two fingers scroll and zoom by what they did since the last frame") {
  Hand hand;
  hand.step([] { touch_down(1, 100, 100); touch_down(2, 200, 100); });
  CHECK(input().pinch.on);
  CHECK(input().pinch.zoom_x == 1);
  hand.step([] { touch_move(1, 90, 110); touch_move(2, 290, 110); });
  CHECK(input().pinch.zoom_x == doctest::Approx(2));
  CHECK(input().pinch.zoom_y == 1);              // side by side: nothing to say about heights
  CHECK(input().pinch.dx == doctest::Approx(40));
  CHECK(input().pinch.dy == doctest::Approx(10));
  hand.step([] { touch_up(2); });
  CHECK_FALSE(input().pinch.on);
  hand.step([] { release_touches(); });
}

TEST_CASE("when the page loses its pointers no finger stays down") {
  Hand hand;
  hand.step([] { touch_down(1, 100, 100); touch_down(2, 200, 100); });
  hand.step([] { release_touches(); });
  hand.step([] {});
  CHECK(input().touches.empty());
  CHECK_FALSE(ImGui::IsMouseDown(0));
}
