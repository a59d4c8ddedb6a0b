// The machine as tests have it: no page, no canvas; it remembers what it was asked.
#include <cmath>
#include <cstdint>

#include "tests/ui/stage.h"
#include "ui/platform/platform.h"
#include "ui/platform/screen.h"
#include "ui/platform/text_image.h"

namespace arietta::ui::test {

Asked& asked() {
  static Asked what;
  return what;
}

}  // namespace arietta::ui::test

namespace arietta::ui::platform {

using test::asked;

void request_frame() { ++asked().frames_requested; }
void packets_ready() {}
void mirror_ready() {}
void copy_text(std::string_view text) { asked().copied = text; }
void save_file(Bytes, std::string_view name, std::string_view) { asked().saved_name = name; }
void pick_file() { ++asked().picked_files; }
void edit_text(uint32_t item) { asked().edited_text = item; }
void song_changed() { ++asked().song_changes; }
void keep_version(Bytes, std::string_view title) {
  ++asked().kept_versions;
  asked().kept_title = title;
}
void remember(std::string_view json) { asked().remembered = json; }
std::string qr(std::string_view) { return {}; }
void assets_wanted(std::string_view) {}
void export_audio(std::string_view json) { asked().exported = json; }
void import_audio() { ++asked().imports; }
void measure_delay() {}
void record_audio(bool on) { asked().recording = on; }
void audio_wanted(std::string_view json) { asked().audio_wanted = json; }
void measure_audio(std::string_view json) { asked().measured = json; }
void start_audio() { ++asked().started_audio; }
void assist_request(std::string_view json) {
  asked().help_request = json;
  ++asked().help_requests;
}
void assist_cancel() { ++asked().help_cancels; }
void remember_memory(std::string_view json) { asked().memory = json; }
void ask_versions() {}
void open_version(uint32_t number) { asked().opened_version = number; }
void announce(std::string_view event, std::string_view json) {
  if (event == "look") return;
  asked().announced = event;
  asked().announced_json = json;
}
void connect_midi() {}
std::string page_address() { return "https://arietta.test/"; }
double now_ms() { return asked().now_ms; }

}  // namespace arietta::ui::platform

namespace arietta::ui {

// As wide as half its bytes are high; the texture is a number of its own.
TextImage make_text_image(std::string_view text, float line, bool, float wrap) {
  const float width = float(text.size()) * line / 2, lines = wrap > 0 ? std::ceil(width / wrap) : 1;
  return {ImTextureID(intptr_t(1000 + ++test::asked().text_images)), int(width / lines), int(line * (lines + 2 * kTextImageMargin))};
}
void drop_text_image(const TextImage&) { ++test::asked().text_images_dropped; }

}  // namespace arietta::ui

namespace arietta::ui::screen {

bool start(float, float, float) { return false; }
void resize(float, float, float) {}
bool read_input(float) { return false; }
void show() {}
void fonts_changed() {}
void context_lost() {}
bool context_restored() { return false; }

}  // namespace arietta::ui::screen
