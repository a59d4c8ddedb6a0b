#include "ui/views/settings_dialog.h"

#include <cstdio>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/views/song_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kRow = 48, kFigureRow = 24;

Rect labelled(Rect& body, Text label) {
  const Tokens& t = tokens();
  Rect row = take_top(body, kRow);
  const Rect control = inset(take_right(row, row.w * 0.5f), 0, 3);
  write(row, tr(label), font_text(), t.color.text);
  return control;
}

void choices(App& app, Rect& body) {
  Preferences& p = app.preferences();
  static const std::vector<std::string> looks = {tr(Text::kThemeAutomatic), tr(Text::kThemeDark), tr(Text::kThemeLight), tr(Text::kThemeHighContrast)};
  static const std::vector<std::string> sizes = {"100 %", "125 %", "150 %", "175 %", "200 %"};
  static const std::vector<std::string> pianos = {tr(Text::kLettersTwoRows), tr(Text::kLettersOneRow), tr(Text::kLettersRightSide)};
  int piano = int(p.letter_piano);
  int look = int(p.look), size = int((p.scale - 1) * 4 + 0.5f);
  bool changed = false;
  if (combo(app.mirror(), labelled(body, Text::kTheme), {tr(Text::kTheme), looks, look}, look)) p.look = Preferences::Look(look), changed = true;
  if (combo(app.mirror(), labelled(body, Text::kScreenSize), {tr(Text::kScreenSize), sizes, size}, size)) p.scale = 1 + float(size) / 4, changed = true;
  if (checkbox(app.mirror(), take_top(body, kRow), tr(Text::kReducedMotion), p.less_motion())) p.reduced_motion = !p.less_motion(), changed = true;
  if (checkbox(app.mirror(), take_top(body, kRow), tr(Text::kLetterKeys), p.letter_keys)) p.letter_keys = !p.letter_keys, changed = true;
  if (combo(app.mirror(), labelled(body, Text::kLetterPiano), {tr(Text::kLetterPiano), pianos, piano}, piano)) p.letter_piano = LetterPiano(piano), changed = true;
  if (checkbox(app.mirror(), take_top(body, kRow), tr(Text::kSafeSound), p.safe_sound)) {
    p.safe_sound = !p.safe_sound;
    app.notice = tr(Text::kAfterReload);
    changed = true;
  }
  tuning_combo(app, labelled(body, Text::kTuning));
  if (changed) app.preferences_changed();
}

struct Figure { Text name; std::string value; };

std::string with_unit(double value, const char* format) {
  char text[48];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::vector<Figure> figures(const App& app) {
  const TelemetryBlock& e = app.telemetry();
  constexpr double kMegabyte = 1 << 20;
  return {
      {Text::kFigureRate, with_unit(app.sample_rate(), "%.0f Hz")},
      {Text::kFigureLatency, with_unit(app.output_latency_s() * 1000, "%.0f ms")},
      {Text::kFigureVoices, std::to_string(e.voices)},
      {Text::kFigureLimiter, with_unit(double(e.limiter_db), "%.1f dB")},
      {Text::kFigureMemory, with_unit(e.memory_bytes / kMegabyte, "%.0f MB")},
      {Text::kFigureSounds, with_unit(e.asset_bytes / kMegabyte, "%.1f MB")},
      {Text::kFigureFaults, std::to_string(e.faults)},
      {Text::kFigureDropped, std::to_string(e.dropped)},
  };
}

}  // namespace

void draw_settings_dialog(App& app) {
  const Tokens& t = tokens();
  const std::vector<Figure> all = figures(app);
  const float height = 9 * kRow + 2 * t.space_4 + 32 + float(all.size()) * kFigureRow;
  Rect body = begin_dialog(app, tr(Text::kSettings), 480, height);
  choices(app, body);
  Button midi;
  midi.name = midi.words = tr(Text::kConnectMidi);
  midi.icon = kIconKeyboardMusic;
  midi.look = Look::kPlain;
  if (button(app.mirror(), inset(take_top(body, kRow, t.space_4), 0, 2), midi)) platform::connect_midi();
  Button delay;
  delay.name = delay.words = tr(Text::kMeasureDelay);
  delay.icon = kIconMic;
  delay.look = Look::kPlain;
  if (button(app.mirror(), inset(take_top(body, kRow, t.space_4), 0, 2), delay)) platform::measure_delay();
  write(take_top(body, 32), tr(Text::kDiagnostics), font_large(), t.color.text);
  app.mirror().open(Role::kList, tr(Text::kDiagnostics), body);
  for (const Figure& figure : all) {
    Rect row = take_top(body, kFigureRow);
    Item item;
    item.role = Role::kListItem, item.name = std::string(tr(figure.name)) + ": " + figure.value, item.rect = row;
    item.key = tr(figure.name);
    app.mirror().add(std::move(item));
    write(take_right(row, 120), figure.value, font_small(), t.color.text, Align::kRight);
    write(row, tr(figure.name), font_small(), t.color.text_soft);
  }
  app.mirror().close();
  end_dialog(app);
}

}  // namespace arietta::ui
