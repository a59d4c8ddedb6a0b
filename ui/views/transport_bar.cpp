#include "ui/views/transport_bar.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/platform/platform.h"
#include "ui/views/master_meter.h"
#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

constexpr float kPlayWidth = 60, kTempoWidth = 92, kReadout = 116, kMeterWidth = 132;

// The signs of a tape machine, filled: what everybody finds first.
enum class Sign : uint8_t { kPlay, kPause, kStop, kRecord };

void draw_sign(const Rect& r, Sign sign, Color color, float size) {
  const ImVec2 c{r.x + r.w / 2, r.y + r.h / 2};
  const float h = size / 2, round = size * 0.12f;
  switch (sign) {
    case Sign::kPlay: {
      const float x = c.x - h * 0.75f, tip = c.x + h;     // its weight lies left of its middle
      canvas()->AddTriangleFilled({x, c.y - h}, {tip, c.y}, {x, c.y + h}, ink(color));
      break;
    }
    case Sign::kPause:
      fill({c.x - h * 0.85f, c.y - h, h * 0.6f, size}, color, round);
      fill({c.x + h * 0.25f, c.y - h, h * 0.6f, size}, color, round);
      break;
    case Sign::kStop: fill({c.x - h * 0.85f, c.y - h * 0.85f, size * 0.85f, size * 0.85f}, color, round); break;
    case Sign::kRecord: canvas()->AddCircleFilled(c, h * 0.95f, ink(color)); break;
  }
}

void play_button(App& app, const Rect& r) {
  const Tokens& t = tokens();
  const char* name = tr(app.playing() ? Text::kPause : Text::kPlay);
  const Press p = press(app.mirror().id_of("play"), r);
  const Rect face = centred(r, std::min(r.w, 56.f), 44);
  fill(face, t.color.accent, 22);
  if (p.hovered) fill(face, t.color.text, 22, 0.12f);
  draw_sign(face, app.playing() ? Sign::kPause : Sign::kPlay, t.color.text_on_accent, 17);
  if (app.mirror().button(name, r, false, -1, "play") || p.clicked) app.toggle_play();
}

// `on`: -1 for a button that does not stay in.
bool sign_button(App& app, const Rect& r, Text name, Sign sign, int on, std::string_view help = {}) {
  const Tokens& t = tokens();
  const Press p = press(app.mirror().id_of(tr(name)), r);
  const Rect face = inset(r, 3);
  const Color color = sign == Sign::kRecord ? t.color.danger : p.hovered ? t.color.text : t.color.text_soft;
  if (on == 1) fill(face, t.color.danger, t.radius, 0.25f);
  else if (p.hovered || p.held) fill(face, t.color.surface_raised, t.radius);
  if (t.line > 1 && on == 1) outline(face, t.color.danger, t.radius, t.line);
  draw_sign(r, sign, color, 16);
  return app.mirror().button(tr(name), r, false, on, {}, help) || p.clicked;
}

void transport_buttons(App& app, Rect& rest, bool with_metronome) {
  const Tokens& t = tokens();
  play_button(app, take_left(rest, kPlayWidth, t.space_1));
  if (sign_button(app, take_left(rest, t.touch), Text::kStop, Sign::kStop, -1)) app.stop();
  const Rect record = take_left(rest, t.touch, t.space_1);
  if (sign_button(app, record, Text::kRecord, Sign::kRecord, app.recording(), tr(Text::kRecordHelp))) app.set_recording(!app.recording());
  if (checkbox(app.mirror(), take_left(rest, t.touch), tr(Text::kLoop), app.loop(), kIconRepeat)) app.set_loop(!app.loop());
  if (!with_metronome) return;
  const Rect metronome = take_left(rest, t.touch, t.space_1);
  if (checkbox(app.mirror(), metronome, tr(Text::kMetronome), app.metronome(), kIconMetronome)) app.set_metronome(!app.metronome());
}

// Drag up and down, wheel, or press to type.
void tempo_field(App& app, const Rect& r) {
  const Tokens& t = tokens();
  const char* name = tr(Text::kTempo);
  const ItemId id = app.mirror().id_of(name);
  const Press p = press(id, r);
  static float dragged = 0;
  if (p.went_down) dragged = 0;
  const double now = app.tempo();
  double wanted = now;
  if (p.held) {
    constexpr float kUnitsPerBeat = 3;             // slow enough to hit a whole number with a finger
    dragged -= p.dy;
    const float steps = std::trunc(dragged / kUnitsPerBeat);
    if (steps != 0) wanted = std::round(now + double(steps)), dragged -= steps * kUnitsPerBeat;
  }
  if (p.hovered && input().wheel_y != 0) wanted = std::round(now + (input().wheel_y < 0 ? 1 : -1));
  if (p.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0);
  if (p.clicked && std::abs(moved.y) < 3) platform::edit_text(id);

  fill(inset(r, 0, 3), p.hovered || p.held ? t.color.surface_raised : t.color.surface, t.radius);
  if (t.line > 1) outline(inset(r, 0, 3), t.color.line_strong, t.radius, t.line);
  char digits[32];
  std::snprintf(digits, sizeof digits, now == std::floor(now) ? "%.0f" : "%.1f", now);
  Rect inner = inset(r, t.space_3, 0);
  write(take_right(inner, text_width(tr(Text::kBpm), font_small()), t.space_1), tr(Text::kBpm), font_small(), t.color.text_soft);
  write(inner, digits, font_large(), t.color.text, Align::kRight);
  double spoken = wanted;
  const bool asked = app.mirror().slider(name, r, spoken, kSlowest, kFastest, 1, tr(Text::kTempoWords, digits), Role::kSpinButton);
  if (asked) wanted = spoken;
  if (wanted != now) app.set_tempo(wanted);
}

void tap_button(App& app, const Rect& r) {
  Button b;
  b.name = tr(Text::kTapTempo);
  b.icon = kIconHand;
  // On the way down: that is when a finger is on the beat.
  const Press p = press("tap tempo on the way down", r);
  if (p.went_down) app.tap_tempo();
  const Rect shown = inset(r, 3);
  const Tokens& t = tokens();
  if (p.hovered || p.held) fill(shown, p.held ? t.color.accent_soft : t.color.surface_raised, t.radius);
  draw_icon(r, b.icon, p.held ? t.color.accent : p.hovered ? t.color.text : t.color.text_soft);
  if (app.mirror().button(b.name, r)) app.tap_tempo();
}

void readout(App& app, const Rect& r, double tick) {
  const Tokens& t = tokens();
  const BarBeat at = app.time().bar_at(Tick(tick));
  char place[48], clock[32];
  std::snprintf(place, sizeof place, "%lld . %d", static_cast<long long>(at.bar + 1), at.beat + 1);
  const double seconds = app.time().seconds_at(Tick(tick));
  std::snprintf(clock, sizeof clock, "%d:%02d", int(seconds) / 60, int(seconds) % 60);
  Rect rest = r;
  write(take_right(rest, 40), clock, font_small(), t.color.text_soft, Align::kRight);
  write(rest, place, font_title(), t.color.text, Align::kRight);
}

void position_slider(App& app, const Rect& r, double tick) {
  const Tokens& t = tokens();
  const char* name = tr(Text::kPosition);
  const Press p = press(app.mirror().id_of(name), r);
  const double length = double(app.length());
  const Rect groove = centred(r, r.w, 6);
  const auto x_of = [&](double at) { return groove.x + groove.w * float(std::clamp(at / length, 0.0, 1.0)); };
  fill(groove, t.color.surface_raised, 3);
  if (app.loop()) {
    const float from = x_of(double(app.loop_start())), to = x_of(double(app.loop_end()));
    fill({from, groove.y, to - from, groove.h}, t.color.accent_soft, 3);
  }
  const float x = x_of(tick);
  fill({groove.x, groove.y, x - groove.x, groove.h}, t.color.accent, 3);
  if (t.line > 1) outline(groove, t.color.line_strong, 3, 1);
  canvas()->AddCircleFilled({x, groove.y + groove.h / 2}, p.hovered || p.held ? 9.f : 7.f, ink(t.color.accent));
  double wanted = tick;
  if (p.held && groove.w > 0) {
    const double raw = double((ImGui::GetIO().MousePos.x - groove.x) / groove.w) * length;
    const BarBeat at = app.time().bar_at(Tick(std::clamp(raw, 0.0, length)));
    wanted = double(app.time().tick_of_bar(at.bar) + at.beat * app.time().ticks_per_beat_at(Tick(tick)));   // whole beats
  }
  const BarBeat at = app.time().bar_at(Tick(tick));
  const std::string words = tr(Text::kPositionWords, std::to_string(at.bar + 1), std::to_string(at.beat + 1));
  double spoken = std::floor(tick);
  const double beat = double(app.time().ticks_per_beat_at(Tick(tick)));
  if (app.mirror().slider(name, r, spoken, 0, length, beat, words)) app.seek(Tick(spoken));
  else if (p.went_down || (p.held && p.dx != 0)) app.seek(Tick(wanted));
}

// Why there is no sound, in the place where its level would be.
void audio_state(App& app, const Rect& r) {
  constexpr Text kWords[] = {Text::kAudioLocked, Text::kAudioStarting, Text::kAudioRunning, Text::kAudioSuspended, Text::kAudioFailed};
  const Text words = kWords[int(app.audio_status())];
  if (app.audio_status() == AudioStatus::kRunning) {
    draw_master_meter(app, r);
  } else {
    const Tokens& t = tokens();
    Rect rest = r;
    draw_icon(take_left(rest, t.icon, t.space_2), kIconVolumeX, t.color.text_soft);
    write(rest, tr(words), font_small(), t.color.text_soft);
  }
  Item item;
  item.role = Role::kStatus, item.name = tr(Text::kSoundState), item.text = tr(words), item.rect = r;
  app.mirror().add(std::move(item));
}

}  // namespace

void draw_transport_bar(App& app, Rect area, bool narrow) {
  const Tokens& t = tokens();
  const double tick = app.song_tick();
  app.mirror().open(Role::kToolbar, tr(Text::kTransport), area);
  if (narrow) {
    Rect rest = inset(area, t.space_2, 0);
    Rect row = take_top(rest, 48);
    Rect tempo = take_right(row, kTempoWidth, t.space_1);
    Rect metronome = take_right(row, t.touch);
    transport_buttons(app, row, false);
    if (checkbox(app.mirror(), metronome, tr(Text::kMetronome), app.metronome(), kIconMetronome)) app.set_metronome(!app.metronome());
    tempo_field(app, tempo);
    readout(app, take_left(rest, 92, t.space_3), tick);
    position_slider(app, inset(rest, t.space_1, 0), tick);
  } else {
    Rect rest = inset(area, t.space_3, (area.h - 48) / 2);
    transport_buttons(app, rest, true);
    take_left(rest, t.space_2);
    tap_button(app, take_left(rest, t.touch));
    tempo_field(app, take_left(rest, kTempoWidth, t.space_2));
    readout(app, take_left(rest, kReadout, t.space_4), tick);
    audio_state(app, take_right(rest, app.audio_status() == AudioStatus::kRunning ? kMeterWidth : 236, t.space_4));
    position_slider(app, inset(rest, t.space_2, 0), tick);
  }
  app.mirror().close();
}

}  // namespace arietta::ui
