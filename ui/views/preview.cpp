#include "ui/views/preview.h"

#include <algorithm>

#include "ui/platform/platform.h"

namespace arietta::ui {
namespace {

constexpr double kHeardMs = 250;

int heard_key = -1;
double heard_until_ms = 0;

void let_go(App& app) {
  if (heard_key >= 0) app.key_up(heard_key, kWhileEditing);
  heard_key = -1;
}

}  // namespace

void hear(App& app, int key, int velocity) {
  let_go(app);
  if (velocity <= 0) return;
  heard_key = std::clamp(key, 0, 127);
  heard_until_ms = platform::now_ms() + kHeardMs;
  app.key_down(heard_key, float(velocity) / 127, kWhileEditing);
}

void update_hearing(App& app) {
  if (heard_key < 0) return;
  if (platform::now_ms() >= heard_until_ms) let_go(app);
  else app.touch_screen();
}

}  // namespace arietta::ui
