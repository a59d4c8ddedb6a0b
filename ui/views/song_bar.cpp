#include "ui/views/song_bar.h"

#include <algorithm>

#include "icons.gen.h"
#include "song/scale.h"
#include "song/tunings.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/text_field.h"

namespace arietta::ui {
namespace {

struct Meter { int beats, unit; };
constexpr Meter kMeters[] = {{4, 4}, {3, 4}, {2, 4}, {5, 4}, {6, 4}, {7, 4}, {3, 8}, {5, 8}, {6, 8}, {7, 8}, {9, 8}, {12, 8}};

std::string words_of(const Meter& m) { return std::to_string(m.beats) + "/" + std::to_string(m.unit); }

// Three notes on a rising arc, in the colours of their pitches.
void draw_mark(const Rect& r) {
  const Palette& c = tokens().color;
  const Rect box = centred(r, 30, 30);
  const float xs[] = {0.16f, 0.5f, 0.84f}, ys[] = {0.74f, 0.34f, 0.54f}, sizes[] = {5.5f, 7, 4.5f};
  const Color colors[] = {c.pitch[0], c.pitch[4], c.pitch[7]};
  for (int i = 0; i < 3; ++i) {
    const ImVec2 at{box.x + xs[i] * box.w, box.y + ys[i] * box.h};
    canvas()->AddLine({at.x, at.y}, {at.x, box.y + box.h}, ink(colors[i], 0.5f), 2);
    canvas()->AddCircleFilled(at, sizes[i], ink(colors[i]));
  }
}

// A button that runs a command; in the mirror by the command's name.
void command_button(App& app, const Rect& r, Text name, const char* icon, const char* command, bool disabled = false,
                    std::string_view help = {}) {
  Button b;
  b.name = tr(name);
  b.icon = icon;
  b.disabled = disabled;
  b.help = help;
  if (button(app.mirror(), r, b)) run_command(app, command);
}

void song_name(App& app, const Rect& r) {
  std::string title(app.document().song().text(field::song::title));
  TextField field;
  field.name = tr(Text::kSongName);
  field.placeholder = tr(Text::kUntitled);
  field.font = font_title();
  field.bare = true;
  if (text_field(app.mirror(), r, field, title)) app.set_title(title);
}

void share_button(App& app, const Rect& r, bool words) {
  Button b;
  b.name = tr(Text::kShare);
  b.icon = kIconShare2;
  if (words) b.words = tr(Text::kShare);
  b.look = Look::kAccent;
  if (button(app.mirror(), centred(r, r.w, std::min(r.h, words ? 40.f : 44.f)), b)) run_command(app, "share");
}

void undo_buttons(App& app, Rect& from_right) {
  const Tokens& t = tokens();
  const Rect redo = take_right(from_right, t.touch), undo = take_right(from_right, t.touch);
  const std::string undo_help = app.can_undo() ? tr(Text::kUndoWhat, app.undo_label()) : std::string();
  const std::string redo_help = app.can_redo() ? tr(Text::kRedoWhat, app.history().redo_label()) : std::string();
  command_button(app, undo, Text::kUndo, kIconUndo2, "undo", !app.can_undo(), undo_help);
  command_button(app, redo, Text::kRedo, kIconRedo2, "redo", !app.can_redo(), redo_help);
}

// Controls that wait behind More are still there for those who do not look at the screen.
void unseen_controls(App& app, const Rect& more) {
  struct Unseen { Text name; const char* command; };
  constexpr Unseen kUnseen[] = {{Text::kOpen, "open"}, {Text::kNewSong, "new"}, {Text::kVersions, "versions"},
                                {Text::kHelp, "help"}, {Text::kSettings, "settings"}};
  for (const Unseen& unseen : kUnseen)
    if (app.mirror().button(tr(unseen.name), more)) run_command(app, unseen.command);
}

}  // namespace

void key_combo(App& app, const Rect& r) {
  static const std::vector<std::string> options(std::begin(kPitchNames), std::end(kPitchNames));
  int root = int(app.document().song().integer(field::song::key_root)) % 12;
  Combo c{tr(Text::kKey), options, root};
  if (combo(app.mirror(), r, c, root)) app.set_key_root(root);
}

void scale_combo(App& app, const Rect& r) {
  static const std::vector<std::string> options = [] {
    std::vector<std::string> names;
    for (const Scale& scale : kScales) names.emplace_back(scale.name);
    return names;
  }();
  int scale = int(app.document().song().integer(field::song::scale)) % kScaleCount;
  Combo c{tr(Text::kScale), options, scale};
  if (combo(app.mirror(), r, c, scale)) app.set_scale(scale);
}

void tuning_combo(App& app, const Rect& r) {
  static std::vector<std::string> options;
  options.assign(1, tr(Text::kTuningUsual));
  for (const NamedTuning& tuning : named_tunings()) options.emplace_back(tuning.name);
  const std::string name = song_tuning_name(app.document());
  int chosen = 0;
  for (size_t i = 1; i < options.size(); ++i)
    if (options[i] == name) chosen = int(i);
  if (!name.empty() && chosen == 0) {      // from a file
    chosen = int(options.size());
    options.push_back(name);
  }
  Combo c{tr(Text::kTuning), options, chosen};
  if (combo(app.mirror(), r, c, chosen) && chosen <= int(named_tunings().size())) app.set_tuning(chosen - 1);
}

void meter_combo(App& app, const Rect& r) {
  const MeterPoint now = app.time().meter_at(Tick(app.song_tick()));
  static std::vector<std::string> options;
  options.clear();
  int chosen = -1;
  for (const Meter& m : kMeters) {
    if (m.beats == now.beats && m.unit == now.beat_unit) chosen = int(options.size());
    options.push_back(words_of(m));
  }
  if (chosen < 0) {                        // a meter from a file that is not in our list
    chosen = int(options.size());
    options.push_back(words_of({now.beats, now.beat_unit}));
  }
  Combo c{tr(Text::kTimeSignature), options, chosen};
  if (combo(app.mirror(), r, c, chosen) && chosen < int(std::size(kMeters))) app.set_meter(kMeters[chosen].beats, kMeters[chosen].unit);
}

void easy_scale_switch(App& app, const Rect& r) {
  const bool on = app.document().song().integer(field::song::easy_scale) != 0;
  if (checkbox(app.mirror(), r, tr(Text::kEasyScale), on)) app.set_easy_scale(!on);
}

void draw_song_bar(App& app, Rect area, bool narrow) {
  const Tokens& t = tokens();
  app.mirror().open(Role::kGroup, tr(Text::kSong), area);
  Rect rest = inset(area, narrow ? t.space_2 : t.space_3, (area.h - 44) / 2);
  if (narrow) {
    const Rect more = take_right(rest, t.touch);
    const Rect share = take_right(rest, t.touch, t.space_1);
    draw_mark(take_left(rest, 34, t.space_1));
    Rect name = rest;
    undo_buttons(app, name);
    song_name(app, name);
    share_button(app, share, false);
    if (app.dialog != Dialog::kMore) unseen_controls(app, more);
    Button b;
    b.name = tr(Text::kMore);
    b.icon = kIconEllipsis;
    if (button(app.mirror(), more, b)) app.dialog = Dialog::kMore;
  } else {
    draw_mark(take_left(rest, 40, t.space_1));
    const float share_width = 104;
    const Rect share = take_right(rest, share_width, t.space_2);
    const Rect settings = take_right(rest, t.touch), help = take_right(rest, t.touch);
    const Rect versions = take_right(rest, t.touch), open = take_right(rest, t.touch), fresh = take_right(rest, t.touch, t.space_2);
    Rect name = take_left(rest, std::clamp(rest.w - 520, 150.f, 420.f), t.space_3);
    song_name(app, name);
    key_combo(app, inset(take_left(rest, 72, t.space_2), 0, 4));
    scale_combo(app, inset(take_left(rest, 152, t.space_2), 0, 4));
    meter_combo(app, inset(take_left(rest, 80, t.space_3), 0, 4));
    if (rest.w > 2 * t.touch + 120) easy_scale_switch(app, take_left(rest, 140));
    undo_buttons(app, rest);
    command_button(app, fresh, Text::kNewSong, kIconFilePlus, "new");
    command_button(app, open, Text::kOpen, kIconFolderOpen, "open");
    command_button(app, versions, Text::kVersions, kIconHistory, "versions");
    command_button(app, help, Text::kHelp, kIconCircleHelp, "help");
    command_button(app, settings, Text::kSettings, kIconSettings, "settings");
    share_button(app, share, true);
  }
  app.mirror().close();
}

}  // namespace arietta::ui
