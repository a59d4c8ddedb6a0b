#include "ui/views/master_meter.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "icons.gen.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/draw.h"

namespace arietta::ui {
namespace {

constexpr float kSilent = -70;                  // LUFS: below, a meter shows nothing

std::string tenths(float value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", double(std::fabs(value) < 0.05f ? 0 : value));
  return text[0] == '-' ? "\xe2\x88\x92" + std::string(text + 1) : text;
}

// Before the engine's first report nothing is known.
bool heard(const App& app, float value) { return app.telemetry().quanta > 0 && value > kSilent; }

std::string reading(const App& app, float value, Text unit) {
  return heard(app, value) ? tr(unit, tenths(value)) : std::string(tr(Text::kNothingYet));
}

// One bar from -60 dB to 0.
void level_bar(const Rect& r, float db) {
  const Tokens& t = tokens();
  const float level = std::clamp((db + 60) / 60, 0.f, 1.f);
  fill(r, t.color.surface_raised, 3);
  const Color color = db > -1 ? t.color.meter_high : db > -9 ? t.color.meter_mid : t.color.meter_low;
  if (level > 0) fill({r.x, r.y, r.w * level, r.h}, color, 3);
}

void row(App& app, Rect r, Text name, const std::string& value) {
  const Tokens& t = tokens();
  Item item;
  item.role = Role::kListItem, item.name = std::string(tr(name)) + ": " + value, item.key = tr(name), item.rect = r;
  app.mirror().add(std::move(item));
  write(r, tr(name), font_text(), t.color.text_soft);
  write(r, value, font_text(), t.color.text, Align::kRight);
}

void readings(App& app, Rect r, float row_height) {
  const TelemetryMaster& master = app.telemetry().master;
  app.mirror().open(Role::kList, tr(Text::kReadings), r);
  row(app, take_top(r, row_height), Text::kNow, reading(app, master.momentary_lufs, Text::kLufs));
  row(app, take_top(r, row_height), Text::kLastSeconds, reading(app, master.short_term_lufs, Text::kLufs));
  row(app, take_top(r, row_height), Text::kWholeSong, reading(app, master.integrated_lufs, Text::kLufs));
  row(app, take_top(r, row_height), Text::kTruePeak, reading(app, master.true_peak_dbtp, Text::kDbtp));
  row(app, take_top(r, row_height), Text::kTurnedDown, tr(Text::kDecibels, tenths(app.telemetry().limiter_db)));
  const Text width = master.correlation > 0.9f ? Text::kWidthMono : master.correlation >= 0 ? Text::kWidthWide : Text::kWidthOpposed;
  row(app, take_top(r, row_height), Text::kStereo, heard(app, master.momentary_lufs) ? tr(width, tenths(master.correlation)) : tr(Text::kNothingYet));
  app.mirror().close();
}

void spectrum(App& app, const Rect& r) {
  const Tokens& t = tokens();
  const float step = r.w / kSpectrumBands;
  fill(r, t.color.surface_sunken, t.radius);
  for (int i = 0; i < kSpectrumBands; ++i) {
    const float level = std::clamp((app.telemetry().master.spectrum_db[i] + 72) / 72, 0.f, 1.f);
    if (level > 0) fill({r.x + float(i) * step + 1, r.y + r.h * (1 - level), step - 2, r.h * level}, t.color.accent, 2);
  }
  Item item;
  item.role = Role::kImage, item.name = tr(Text::kSpectrum), item.rect = r;
  app.mirror().add(std::move(item));
}

struct Target { float lufs; Text words; };
constexpr Target kTargets[] = {{-9, Text::kTargetLoud}, {-14, Text::kTargetStreaming}, {-16, Text::kTargetSoft}, {-23, Text::kTargetBroadcast}};

void target_combo(App& app, const Rect& r) {
  std::vector<std::string> options;
  int chosen = 1;
  for (size_t i = 0; i < std::size(kTargets); ++i) {
    options.push_back(tr(kTargets[i].words, tenths(kTargets[i].lufs)));
    if (kTargets[i].lufs == app.preferences().master_lufs) chosen = int(i);
  }
  if (!combo(app.mirror(), r, {tr(Text::kMasterTo), options, chosen}, chosen)) return;
  app.preferences().master_lufs = kTargets[chosen].lufs;
  app.preferences_changed();
}

void finish_button(App& app, const Rect& r, Text name, Text help, const char* command) {
  Button b;
  b.name = b.words = tr(name);
  b.help = tr(help);
  b.look = Look::kSoft;
  b.disabled = app.finishing();
  if (button(app.mirror(), r, b)) run_command(app, command);
}

}  // namespace

void draw_master_meter(App& app, Rect area) {
  const Tokens& t = tokens();
  const TelemetryBlock& telemetry = app.telemetry();
  const std::string words = reading(app, telemetry.master.short_term_lufs, Text::kLufs);
  const Press p = press("loudness", area);
  if (p.hovered) fill(area, t.color.surface_raised, t.radius);
  Rect rest = centred(area, area.w, 38);
  for (float peak : {telemetry.master_peak_left, telemetry.master_peak_right})
    level_bar(take_top(rest, 6, 4), peak > 0 ? 20 * std::log10(peak) : -60);
  write(rest, words, font_small(), t.color.text_soft, Align::kRight);
  if (app.mirror().button(tr(Text::kLoudnessMeter), area, false, -1, {}, tr(Text::kLoudnessMeterHelp)) || p.clicked) run_command(app, "loudness");
}

void draw_loudness_dialog(App& app) {
  const Tokens& t = tokens();
  constexpr float kRow = 32, kSpectrum = 96, kControl = 48, kLabel = 20;
  const float height = 6 * kRow + kSpectrum + 2 * kControl + kLabel + 4 * t.space_3;
  Rect body = begin_dialog(app, tr(Text::kLoudnessMeter), 460, height);
  readings(app, take_top(body, 6 * kRow, t.space_3), kRow);
  spectrum(app, take_top(body, kSpectrum, t.space_3));
  write(take_top(body, kLabel), tr(Text::kMasterTo), font_small(), t.color.text_soft);
  Rect line = take_top(body, kControl, t.space_3);
  Rect master = take_right(line, 132, t.space_2);
  target_combo(app, line);
  finish_button(app, master, Text::kMasterSong, Text::kMasterSongHelp, "master");
  finish_button(app, take_top(body, kControl, t.space_3), Text::kBalanceTracks, Text::kBalanceTracksHelp, "balance");
  end_dialog(app);
}

}  // namespace arietta::ui
