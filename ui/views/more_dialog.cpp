#include "ui/views/more_dialog.h"

#include "icons.gen.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/views/song_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kRow = 48, kLabel = 20;

struct Entry { Text name; const char* icon; const char* command; };
constexpr Entry kEntries[] = {
    {Text::kOpen, kIconFolderOpen, "open"},       {Text::kNewSong, kIconFilePlus, "new"},
    {Text::kVersions, kIconHistory, "versions"},  {Text::kTapTempo, kIconHand, "tap_tempo"},
    {Text::kMelodyHelp, kIconWandSparkles, "melody_help"}, {Text::kSettings, kIconSettings, "settings"},
    {Text::kHelp, kIconCircleHelp, "help"},
};

void labelled(App& app, Rect r, Text label, void (*control)(App&, const Rect&)) {
  write(take_top(r, kLabel), tr(label), font_small(), tokens().color.text_soft);
  control(app, r);
}

}  // namespace

void draw_more_dialog(App& app) {
  const Tokens& t = tokens();
  const float combos = kLabel + 44, tuning = kLabel + 44, entries = 4 * (kRow + t.space_2);
  Rect body = begin_dialog(app, tr(Text::kMore), 420, combos + t.space_4 + tuning + t.space_4 + kRow + t.space_4 + entries);
  Rect row = take_top(body, combos, t.space_4);
  labelled(app, take_left(row, 72, t.space_2), Text::kKey, key_combo);
  labelled(app, take_right(row, 80, t.space_2), Text::kTimeSignature, meter_combo);
  labelled(app, row, Text::kScale, scale_combo);
  labelled(app, take_top(body, tuning, t.space_4), Text::kTuning, tuning_combo);
  easy_scale_switch(app, take_top(body, kRow, t.space_4));
  const float half = (body.w - t.space_2) / 2;
  for (size_t i = 0; i < std::size(kEntries); ++i) {
    const Rect r{body.x + float(i % 2) * (half + t.space_2), body.y + float(i / 2) * (kRow + t.space_2), half, kRow};
    Button b;
    b.name = b.words = tr(kEntries[i].name);
    b.icon = kEntries[i].icon;
    b.look = Look::kPlain;
    if (!button(app.mirror(), r, b)) continue;
    const bool stays = kEntries[i].command == std::string_view("tap_tempo");
    if (!stays) app.dialog = Dialog::kNone;
    run_command(app, kEntries[i].command);
  }
  end_dialog(app);
}

}  // namespace arietta::ui
