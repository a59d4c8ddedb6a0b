// A studio without a window: one view (or all of them) in a headless ImGui context, driven frame by frame with a clock,
// a mouse, fingers and the mirror, as a person and a screen reader would.
#pragma once
#include <functional>
#include <string>

#include "ui/app.h"
#include "ui/frame.h"
#include "ui/input.h"

namespace arietta::ui::test {

// What the views asked of the machine (ui/platform/platform.h).
struct Asked {
  double now_ms = 1000;
  uint32_t edited_text = 0;             // last item of edit_text
  std::string copied;
  int started_audio = 0;
  int song_changes = 0, kept_versions = 0, picked_files = 0, frames_requested = 0;
  std::string kept_title, saved_name, remembered, exported, measured;
  uint32_t opened_version = 0;
  int text_images = 0, text_images_dropped = 0;
  std::string help_request, memory;     // last asked of the melody model, last kept for it
  int help_requests = 0, help_cancels = 0;
  int imports = 0;
  bool recording = false;
  std::string audio_wanted;
  std::string announced, announced_json;   // last event for the page
};
Asked& asked();

class Stage {
 public:
  using View = void (*)(App&, Rect);
  Stage(View view, Rect area);
  explicit Stage(const ScreenSize& screen);              // the whole studio
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  App& app() { return *app_; }
  void frame(double ms = 16);           // draws once, time goes on
  void frames(int count) { while (count-- > 0) frame(); }

  // The mouse; each call draws as many frames as ImGui needs to see it.
  void move(float x, float y);
  void press(int button = 0);
  void release(int button = 0);
  void click(float x, float y, int button = 0);
  void double_click(float x, float y);
  void drag(float x0, float y0, float x1, float y1, int button = 0);
  void wheel(float x, float y);

  // A finger; the first one down is also the mouse, as in the page.
  void touch_down(int id, float x, float y);
  void touch_move(int id, float x, float y);
  void touch_up(int id);
  void pinch(float x, float y, float dx, float dy, float zoom_x, float zoom_y);

  // The mirror. `find` is by role and name, the n-th of several; fails the test when there is none.
  const Item& find(Role role, std::string_view name, int n = 0);
  int count(Role role, std::string_view name);
  void act(Role role, std::string_view name, Act what, int n = 0);
  void press_item(Role role, std::string_view name, int n = 0) { act(role, name, {ActKind::kPress, 0, {}}, n); }
  std::string said();                   // by the live region since last asked

  int vertices() const { return vertices_; }             // of the last frame

 private:
  void set_up(float width, float height);
  void draw_view();

  View view_ = nullptr;                                  // nullptr: the whole studio
  Rect area_;
  ScreenSize screen_;
  std::unique_ptr<App> app_;
  int vertices_ = 0;
};

}  // namespace arietta::ui::test
