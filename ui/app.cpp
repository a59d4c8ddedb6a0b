// The studio at its start, and once per frame.
#include "ui/app.h"

#include "song/defaults.h"
#include "ui/a11y/json_text.h"
#include "ui/platform/platform.h"

namespace arietta::ui {

App::App() : document_(starter_song()), history_(document_), first_own_id_(document_.new_id()) {}

void App::update(double now_ms) {
  if (step_open_ && platform::now_ms() > step_open_until_ms_) close_step();
  if (preview_from_ms_ < 0) preview_from_ms_ = platform::now_ms();
  compile_if_due(now_ms);
  if (!link_.empty()) send_now();
}

bool App::wants_frame() const {
  return dirty_ || playing_ || previewing() || mirror_.has_acts() || (step_open_ && !playing_ && step_open_until_ms_ < 1e299) || (engine_here_ && compiled_revision_ != revision());
}

void App::fail(std::string_view words) {
  last_error = words;
  mirror_.say(words, true);
  std::string detail;
  JsonText(detail).open_object().member("text", words).close_object();
  platform::announce("error", detail);
  touch_screen();
  platform::request_frame();
}

void App::preferences_changed() {
  platform::remember(preferences_.to_json());
  touch_screen();
}

}  // namespace arietta::ui
