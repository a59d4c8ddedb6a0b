#include "ui/ui_abi.h"

#include <imgui.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <nlohmann/json.hpp>

#include "song/codec.h"
#include "song/json.h"
#include "song/midi_file.h"
#include "ui/a11y/json_text.h"
#include "ui/commands.h"
#include "ui/frame.h"
#include "ui/input.h"
#include "ui/keys.h"
#include "ui/midi_input.h"
#include "ui/platform/platform.h"
#include "ui/platform/screen.h"
#include "ui/platform/touches.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/foreign_text.h"

namespace arietta::ui {
namespace {

// After input ImGui needs some frames: a tap takes four (there, down, up, gone), and hovers show one later.
constexpr int kSettleFrames = 6;
// What moves by itself is drawn at most sixty times a second, with some slack for timers that jitter.
constexpr double kFrameMs = 1000.0 / 60 - 2;
constexpr float kSmallestWidth = 320;      // units: the zoom never makes the screen narrower than this

struct Screen {
  ScreenSize css;
  float pixel_ratio = 1, zoom = 1, fonts_for = 0;
  ThemeName theme = ThemeName::kDark;
  bool started = false, page_knows = false;
  double drawn_ms = -1000;
  int settle = kSettleFrames;
};

Screen g_screen;
std::string g_text, g_link, g_state, g_song, g_error, g_mirror;
std::vector<uint8_t> g_bytes, g_packet;

App& app() {
  static App* only = [] {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    io.ConfigInputTrickleEventQueue = true;
    return new App;                        // lives as long as the page
  }();
  return *only;
}

// The page's own surfaces (a text field while it is edited, what shows before the first frame) take our colours.
void tell_page_colors() {
  const Palette& c = tokens().color;
  const auto hex = [](Color color) {
    char text[8];
    std::snprintf(text, sizeof text, "#%06x", unsigned(color >> 8));
    return std::string(text);
  };
  std::string json;
  JsonText(json).open_object().member("background", hex(c.background)).member("field", hex(c.surface_sunken))
      .member("text", hex(c.text)).member("accent", hex(c.accent)).close_object();
  platform::announce("look", json);
}

// Theme, zoom and fonts follow the preferences and the screen's pixels.
void prepare_look() {
  const Preferences& p = app().preferences();
  Screen& s = g_screen;
  s.zoom = std::max(1.f, std::min(p.scale, s.css.w / kSmallestWidth));
  apply_theme(p.theme(), s.zoom, p.less_motion());
  if (!s.page_knows || s.theme != p.theme()) {
    s.theme = p.theme();
    s.page_knows = true;
    tell_page_colors();
  }
  app().mirror().set_scale(s.zoom);
  const float pixels_per_unit = s.pixel_ratio * s.zoom;
  if (pixels_per_unit == s.fonts_for) return;
  s.fonts_for = pixels_per_unit;
  forget_foreign_text();
  build_fonts(pixels_per_unit);
  screen::fonts_changed();
}

void draw(double now_ms) {
  Screen& s = g_screen;
  ImGuiIO& io = ImGui::GetIO();
  ScreenSize units{s.css.w / s.zoom, s.css.h / s.zoom, s.css.safe_top / s.zoom, s.css.safe_bottom / s.zoom};
  io.DisplaySize = {units.w, units.h};
  io.DisplayFramebufferScale = {s.pixel_ratio * s.zoom, s.pixel_ratio * s.zoom};
  io.DeltaTime = float(std::clamp((now_ms - s.drawn_ms) / 1000, 0.0001, 0.5));
  s.drawn_ms = now_ms;
  app().frame_drawn();
  ImGui::NewFrame();
  draw_frame(app(), units, now_ms);
  ImGui::Render();
  screen::show();
}

const char* keep(std::string& place, std::string text) {
  place = std::move(text);
  return place.c_str();
}

int opened(bool ok) {
  if (!ok) g_error = app().last_error;
  return ok ? 0 : 1;
}

}  // namespace
}  // namespace arietta::ui

using namespace arietta;
using namespace arietta::ui;

int ui_start(double width, double height, double pixel_ratio, int flags) {
  Preferences& p = app().preferences();
  p.device_reduced_motion = flags & 1, p.device_light = flags & 2, p.device_contrast = flags & 4;
  input_for_platform().coarse = flags & 8;
  g_screen.started = true;
  const bool drawing = screen::start(float(width), float(height), float(pixel_ratio));
  ui_resize(width, height, pixel_ratio, 0, 0);
  return drawing ? 0 : 1;
}

void ui_resize(double width, double height, double pixel_ratio, double safe_top, double safe_bottom) {
  g_screen.css = {float(width), float(height), float(safe_top), float(safe_bottom)};
  g_screen.pixel_ratio = float(std::clamp(pixel_ratio, 0.5, 4.0));
  screen::resize(float(width), float(height), g_screen.pixel_ratio);
  app().touch_screen();
}

int ui_wants_frame() { return app().wants_frame() || g_screen.settle > 0; }

int ui_frame(double now_ms) {
  Screen& s = g_screen;
  if (!s.started || s.css.w < 1 || s.css.h < 1) return 0;
  if (now_ms - s.drawn_ms < kFrameMs) return 2;
  prepare_look();
  if (screen::read_input(s.zoom)) {
    s.settle = kSettleFrames;
    app().wake_preview();
  }
  if (!ui_wants_frame()) return 0;
  s.settle = std::max(0, s.settle - 1);
  draw(now_ms);
  if (app().mirror().has_changes()) platform::mirror_ready();
  if (!ui_wants_frame()) return 1;
  return 1 | (s.settle == 0 && app().previewing() ? 4 : 2);
}

void ui_context_lost() {
  forget_foreign_text();
  screen::context_lost();
}

int ui_context_restored() {
  forget_foreign_text();                  // what was asked for in between is empty
  const bool drawing = screen::context_restored();
  g_screen.fonts_for = 0;
  app().touch_screen();
  return drawing ? 0 : 1;
}

uint8_t* ui_alloc(uint32_t bytes) { return static_cast<uint8_t*>(std::malloc(bytes)); }
void ui_free(uint8_t* memory) { std::free(memory); }

int ui_key(const char* code, const char* key, int down, int mods, int repeat) {
  key_mods(mods);
  g_screen.settle = kSettleFrames;
  return press_key(app(), code, key, down != 0, mods, repeat != 0);
}

void ui_midi(const uint8_t* bytes, uint32_t count, double) { midi_input(app(), {bytes, count}); }

void ui_blur() {
  app().all_keys_up();
  release_touches();
}

int ui_open(const uint8_t* bytes, uint32_t count, const char* name) { return opened(app().open_bytes({bytes, count}, name)); }
int ui_open_link(const char* link) { return opened(app().open_link(link)); }
void ui_new_song() { app().new_song(); }
const char* ui_error() { return g_error.c_str(); }

const char* ui_link() {
  Result<std::string> link = app().link();
  if (!link) g_error = link.error().message;
  return keep(g_link, link ? std::move(link.value()) : std::string());
}

const char* ui_state_json() { return keep(g_state, app().state_json()); }
const char* ui_song_json() { return keep(g_song, song_to_json(app().document())); }

const uint8_t* ui_bytes(int what) {
  constexpr int kProject = 0, kMidi = 1, kPlan = 2, kFirstStem = 16, kFirstMeasured = 4096;
  if (what == kProject) g_bytes = write_project(app().document());
  else if (what == kMidi) g_bytes = write_midi(app().document());
  else if (what == kPlan) g_bytes = app().export_packet();
  else if (what < kFirstMeasured) g_bytes = app().export_packet(what - kFirstStem);
  else g_bytes = app().measuring_packet(what - kFirstMeasured);
  return g_bytes.data();
}
uint32_t ui_bytes_count() { return uint32_t(g_bytes.size()); }

void ui_audio_peaks(const char* hash, const uint8_t* pairs, uint32_t count) { app().audio_peaks(hash, {pairs, count}); }

void ui_versions(const char* json) {
  app().versions.clear();
  const auto list = nlohmann::json::parse(json, nullptr, false);
  if (!list.is_array()) return;
  for (const auto& one : list) {
    if (!one.is_object() || !one.contains("number") || !one["number"].is_number()) continue;
    const auto text = [&](const char* name) { return one.contains(name) && one[name].is_string() ? one[name].get<std::string>() : std::string(); };
    app().versions.push_back({one["number"].get<uint32_t>(), text("title"), text("when")});
  }
  app().touch_screen();
}

int ui_command(const char* name, const char* json) { return run_command(app(), name, json ? json : ""); }

void ui_audio(int status, const char* text, double sample_rate, double output_latency_s) {
  app().set_audio_status(AudioStatus(std::clamp(status, 0, 4)), text, sample_rate, output_latency_s);
}
void ui_engine_restarted() { app().engine_restarted(); }
void ui_packet_in(const uint8_t* bytes, uint32_t count, double now_ms) { app().receive({bytes, count}, now_ms); }

const uint8_t* ui_packet_out() {
  g_packet = app().take_packets();
  return g_packet.empty() ? nullptr : g_packet.data();
}
uint32_t ui_packet_out_count() { return uint32_t(g_packet.size()); }

const char* ui_mirror_changes() { return keep(g_mirror, app().mirror().take_changes()); }

void ui_mirror_act(uint32_t item, int kind, double value, const char* text) {
  if (kind < 1 || kind > int(ActKind::kBlur)) return;
  app().mirror().act(item, {ActKind(kind), value, text ? text : ""});
  app().touch_screen();
  platform::request_frame();
}
void ui_mirror_forget() { app().mirror().forget(); }
