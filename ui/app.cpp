// The studio at its start, and once per frame.
#include "ui/app.h"

#include "song/defaults.h"
#include "ui/platform/platform.h"

namespace arietta::ui {

App::App() : document_(starter_song()), history_(document_) {}

void App::update(double now_ms) {
  compile_if_due(now_ms);
  if (!link_.empty()) send_now();
}

bool App::wants_frame() const {
  return dirty_ || playing_ || mirror_.has_acts() || (engine_here_ && compiled_revision_ != revision());
}

void App::fail(std::string_view words) {
  last_error = words;
  mirror_.say(words, true);
  touch_screen();
  platform::request_frame();
}

void App::preferences_changed() {
  platform::remember(preferences_.to_json());
  touch_screen();
}

}  // namespace arietta::ui
