// The platform in a page: every call is one function of Module.bridge (web/src/bridge.ts), under the same name.
#include "ui/platform/platform.h"

#include <emscripten.h>

#include <cstdlib>

// clang-format off
EM_JS(void, bridge_request_frame, (), { Module.bridge.request_frame(); });
EM_JS(void, bridge_packets_ready, (), { Module.bridge.packets_ready(); });
EM_JS(void, bridge_mirror_ready, (), { Module.bridge.mirror_ready(); });
EM_JS(void, bridge_pick_file, (), { Module.bridge.pick_file(); });
EM_JS(void, bridge_edit_text, (unsigned item), { Module.bridge.edit_text(item >>> 0); });
EM_JS(void, bridge_song_changed, (), { Module.bridge.song_changed(); });
EM_JS(void, bridge_start_audio, (), { Module.bridge.start_audio(); });
EM_JS(void, bridge_assist_cancel, (), { Module.bridge.assist_cancel(); });
EM_JS(void, bridge_import_audio, (), { Module.bridge.import_audio(); });
EM_JS(void, bridge_measure_delay, (), { Module.bridge.measure_delay(); });
EM_JS(void, bridge_record_audio, (int on), { Module.bridge.record_audio(on !== 0); });
EM_JS(void, bridge_audio_wanted, (const char* json, int count), { Module.bridge.audio_wanted(UTF8ToString(json, count)); });
EM_JS(void, bridge_connect_midi, (), { Module.bridge.connect_midi(); });
EM_JS(void, bridge_ask_versions, (), { Module.bridge.ask_versions(); });
EM_JS(void, bridge_open_version, (unsigned number), { Module.bridge.open_version(number >>> 0); });
EM_JS(void, bridge_copy_text, (const char* text, int count), { Module.bridge.copy_text(UTF8ToString(text, count)); });
EM_JS(void, bridge_remember, (const char* json, int count), { Module.bridge.remember(UTF8ToString(json, count)); });
EM_JS(void, bridge_assets_wanted, (const char* json, int count), { Module.bridge.assets_wanted(UTF8ToString(json, count)); });
EM_JS(void, bridge_measure_audio, (const char* json, int count), { Module.bridge.measure_audio(UTF8ToString(json, count)); });
EM_JS(void, bridge_export_audio, (const char* json, int count), { Module.bridge.export_audio(UTF8ToString(json, count)); });
EM_JS(void, bridge_assist_request, (const char* json, int count), { Module.bridge.assist_request(UTF8ToString(json, count)); });
EM_JS(void, bridge_remember_memory, (const char* json, int count), { Module.bridge.remember_memory(UTF8ToString(json, count)); });
EM_JS(void, bridge_save_file, (const void* bytes, int count, const char* name, int name_count, const char* mime, int mime_count), {
  Module.bridge.save_file(HEAPU8.slice(bytes, bytes + count), UTF8ToString(name, name_count), UTF8ToString(mime, mime_count));
});
EM_JS(void, bridge_keep_version, (const void* bytes, int count, const char* title, int title_count), {
  Module.bridge.keep_version(HEAPU8.slice(bytes, bytes + count), UTF8ToString(title, title_count));
});
EM_JS(void, bridge_announce, (const char* event, int count, const char* json, int json_count), {
  Module.bridge.announce(UTF8ToString(event, count), UTF8ToString(json, json_count));
});
// Text for C++: on the heap, freed by the caller.
EM_JS(char*, bridge_qr, (const char* text, int count), {
  const rows = Module.bridge.qr(UTF8ToString(text, count));
  const bytes = lengthBytesUTF8(rows) + 1;
  const at = _malloc(bytes);
  if (at) stringToUTF8(rows, at, bytes);
  return at;
});
EM_JS(char*, bridge_page_address, (), {
  const address = Module.bridge.page_address();
  const bytes = lengthBytesUTF8(address) + 1;
  const at = _malloc(bytes);
  if (at) stringToUTF8(address, at, bytes);
  return at;
});
// clang-format on

namespace arietta::ui::platform {
namespace {

int count(std::string_view text) { return int(text.size()); }

std::string take(char* text) {
  std::string taken(text ? text : "");
  std::free(text);
  return taken;
}

}  // namespace

void request_frame() { bridge_request_frame(); }
void packets_ready() { bridge_packets_ready(); }
void mirror_ready() { bridge_mirror_ready(); }
void copy_text(std::string_view text) { bridge_copy_text(text.data(), count(text)); }
void save_file(Bytes bytes, std::string_view name, std::string_view mime) {
  bridge_save_file(bytes.data(), int(bytes.size()), name.data(), count(name), mime.data(), count(mime));
}
void pick_file() { bridge_pick_file(); }
void edit_text(uint32_t item) { bridge_edit_text(item); }
void song_changed() { bridge_song_changed(); }
void keep_version(Bytes project, std::string_view title) {
  bridge_keep_version(project.data(), int(project.size()), title.data(), count(title));
}
void remember(std::string_view json) { bridge_remember(json.data(), count(json)); }
std::string page_address() { return take(bridge_page_address()); }
std::string qr(std::string_view text) { return take(bridge_qr(text.data(), count(text))); }
void assets_wanted(std::string_view json) { bridge_assets_wanted(json.data(), count(json)); }
void measure_audio(std::string_view json) { bridge_measure_audio(json.data(), count(json)); }
void export_audio(std::string_view json) { bridge_export_audio(json.data(), count(json)); }
void import_audio() { bridge_import_audio(); }
void measure_delay() { bridge_measure_delay(); }
void record_audio(bool on) { bridge_record_audio(on); }
void audio_wanted(std::string_view json) { bridge_audio_wanted(json.data(), count(json)); }
void start_audio() { bridge_start_audio(); }
void connect_midi() { bridge_connect_midi(); }
void assist_request(std::string_view json) { bridge_assist_request(json.data(), count(json)); }
void assist_cancel() { bridge_assist_cancel(); }
void remember_memory(std::string_view json) { bridge_remember_memory(json.data(), count(json)); }
void ask_versions() { bridge_ask_versions(); }
void open_version(uint32_t number) { bridge_open_version(number); }
void announce(std::string_view event, std::string_view json) { bridge_announce(event.data(), count(event), json.data(), count(json)); }
double now_ms() { return emscripten_get_now(); }

}  // namespace arietta::ui::platform
