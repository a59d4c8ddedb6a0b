#include "ui/views/melody_help.h"

#include <algorithm>

#include "icons.gen.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/views/note_colors.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kRow = 52, kNarrow = 560, kLeastNotes = 140, kRoomForNotes = 180, kChip = 132;

struct Offer { Task task; Text name, words, help; const char* icon; };
constexpr Offer kOffers[] = {
    {Task::kContinue, Text::kContinueMelody, Text::kContinueShort, Text::kContinueHelp, kIconWandSparkles},
    {Task::kInfill, Text::kFillTheGap, Text::kFillShort, Text::kFillHelp, kIconFoldHorizontal},
    {Task::kVary, Text::kVary, Text::kVary, Text::kVaryHelp, kIconShuffle},
    {Task::kHarmonise, Text::kHarmonise, Text::kHarmonise, Text::kHarmoniseHelp, kIconLayers},
};

bool is_narrow(float width) { return width < kNarrow; }

float remark_height(const App& app, float width) {
  const std::string& remark = app.proposals().place().remark;
  return remark.empty() ? 0 : write_lines({0, 0, width, 0}, remark, font_small(), 0, false) + tokens().space_1;
}

// Below the buttons: nothing, or what has become of the last press.
float answer_height(const App& app, float width) {
  const Proposals& p = app.proposals();
  if (p.state() == HelpState::kIdle) return 0;
  if (p.state() == HelpState::kFailed) {
    const float lines = write_lines({0, 0, width - tokens().touch - tokens().icon - 4 * tokens().space_2, 0}, p.text(), font_text(), 0, false);
    return std::max(kRow, lines + tokens().space_4);
  }
  if (p.state() == HelpState::kAsking) return kRow;
  return (is_narrow(width) ? 2 * kRow : kRow) + remark_height(app, width);
}

// Of the strip and the notes above it together, as last laid out.
Rect& last_room() {
  static Rect room;
  return room;
}

// Whether the options find room in the strip, and the notes keep theirs.
bool options_fit(const App& app, const Rect& room) {
  const float width = room.w - 2 * tokens().space_2;
  return !is_narrow(width) && room.h - kRow - answer_height(app, width) - help_options_height(app, width) >= kRoomForNotes;
}

// Icon above a word, as the tabs of a phone.
bool small_button(App& app, const Rect& r, const Offer& offer) {
  const Tokens& t = tokens();
  const Press p = press(app.mirror().id_of(tr(offer.name)), r);
  const bool first = offer.task == Task::kContinue;
  const Color color = first ? t.color.accent : p.hovered || p.held ? t.color.text : t.color.text_soft;
  if (p.held || first) fill(inset(r, 2, 3), p.held ? t.color.surface_raised : t.color.accent_soft, t.radius);
  Rect rest = inset(r, 0, 6);
  draw_icon(take_top(rest, 22), offer.icon, color);
  write(rest, tr(offer.words), font_small(), color, Align::kCentre);
  return app.mirror().button(tr(offer.name), r, false, -1, {}, tr(offer.help)) || p.clicked;
}

void offers(App& app, Rect row, bool narrow) {
  const Tokens& t = tokens();
  Button about;
  about.name = tr(Text::kAboutModel);
  about.icon = kIconInfo;
  const Rect about_at = take_right(row, narrow ? 40 : t.touch);
  Button options;
  options.name = tr(Text::kHelpOptions);
  options.icon = kIconSlidersHorizontal;
  options.pressed = app.help_options && options_fit(app, last_room());
  const Rect options_at = take_right(row, narrow ? 40 : t.touch, t.space_1);
  const float quarter = row.w / float(std::size(kOffers));
  float wanted = -t.space_2;
  for (const Offer& offer : kOffers) wanted += button_width({tr(offer.name), offer.icon, tr(offer.name)}) + t.space_2;
  const bool short_words = wanted > row.w;
  for (const Offer& offer : kOffers) {
    bool asked = false;
    if (narrow) {
      asked = small_button(app, take_left(row, quarter), offer);
    } else {
      Button b;
      b.name = tr(offer.name);
      b.words = tr(short_words ? offer.words : offer.name);
      b.icon = offer.icon;
      b.look = offer.task == Task::kContinue ? Look::kSoft : Look::kPlain;
      b.help = tr(offer.help);
      const float width = short_words ? quarter - t.space_2 : button_width(b);
      asked = button(app.mirror(), inset(take_left(row, width, t.space_2), 0, 4), b);
    }
    if (asked) app.ask_for_help(offer.task);
  }
  if (app.dialog != Dialog::kMelodyHelp && button(app.mirror(), options_at, options)) {
    if (options_fit(app, last_room())) app.help_options = !app.help_options;
    else app.dialog = Dialog::kMelodyHelp;
    app.touch_screen();
  }
  if (button(app.mirror(), about_at, about)) run_command(app, "about_model");
}

void waiting(App& app, Rect row) {
  const Tokens& t = tokens();
  const Proposals& p = app.proposals();
  Button cancel;
  cancel.name = cancel.words = tr(Text::kCancel);
  cancel.look = Look::kPlain;
  if (button(app.mirror(), inset(take_right(row, button_width(cancel), t.space_3), 0, 4), cancel)) app.discard_suggestions();
  const std::string words = p.text().empty() ? tr(Text::kThinking) : p.text();
  Item item;
  item.role = Role::kStatus, item.name = tr(Text::kProgress), item.text = words, item.rect = row;
  item.value = p.fraction();
  app.mirror().add(std::move(item));
  write(take_top(row, row.h * 0.55f), words, font_text(), t.color.text);
  const Rect way{row.x, row.y + 4, row.w, 6};
  fill(way, t.color.surface_sunken, 3);
  if (p.fraction() > 0) fill({way.x, way.y, std::max(6.f, way.w * float(p.fraction())), way.h}, t.color.accent, 3);
}

// The shape of a melody, small: what tells suggestions apart at a glance.
void draw_shape(const Rect& r, const HelpPlace& place, const Suggestion& one, bool chosen) {
  int low = 127, high = 0;
  for (const AnswerNote& note : one.notes) low = std::min(low, note.key), high = std::max(high, note.key);
  const float rows = float(std::max(high - low, 7)) + 1, row = r.h / rows;
  const double scale = double(r.w) / double(std::max<Tick>(1, place.end - place.start));
  const float lift = (rows - float(high - low) - 1) / 2 * row;
  for (const AnswerNote& note : one.notes) {
    const float x = r.x + float(double(note.start - place.start) * scale), w = float(double(note.length) * scale);
    const float y = r.y + float(high - note.key) * row + lift;
    fill({x, y, std::max(2.f, w - 1), std::max(2.f, row)}, pitch_color(note.key), 1, chosen ? 1 : 0.6f);
  }
}

void suggestion_list(App& app, Rect row) {
  const Tokens& t = tokens();
  const Proposals& p = app.proposals();
  const int count = int(p.answer().suggestions.size());
  Item list;
  list.role = Role::kListBox, list.name = tr(Text::kSuggestions), list.rect = row, list.help = tr(Text::kSuggestionsHelp);
  app.mirror().open(std::move(list));
  const float width = std::min(kChip, (row.w - t.space_2 * float(count - 1)) / float(count));
  int wanted = p.chosen();
  for (int i = 0; i < count; ++i) {
    const Suggestion& one = p.answer().suggestions[size_t(i)];
    const Rect r = inset(take_left(row, width, t.space_2), 0, 4);
    const std::string name = tr(Text::kSuggestion, std::to_string(i + 1));
    const Press press_on = press(app.mirror().id_of(name), r);
    const bool on = i == p.chosen();
    fill(r, on ? t.color.accent_soft : t.color.surface_raised, t.radius);
    if (press_on.hovered && !on) fill(r, t.color.text, t.radius, 0.08f);
    if (on) outline(r, t.color.accent, t.radius, t.focus);
    else if (t.line > 1) outline(r, t.color.line_strong, t.radius, t.line);
    Rect inner = inset(r, t.space_2, t.space_1 + 2);
    write(take_left(inner, 12, t.space_1), std::to_string(i + 1), font_text(), on ? t.color.accent : t.color.text);
    if (one.notes.empty()) write(inner, one.chords.front().name, font_text(), t.color.text);
    else draw_shape(inset(inner, 0, 2), p.place(), one, on);
    Item item;
    item.role = Role::kOption, item.name = name, item.rect = r, item.selected = on;
    item.help = app.describe_suggestion(i);
    if (press_on.clicked || app.mirror().add(std::move(item)).kind == ActKind::kPress) wanted = i;
  }
  app.mirror().close();
  app.choose_suggestion(wanted);
}

void decisions(App& app, Rect row, bool fit_row) {
  const Tokens& t = tokens();
  const bool listening = app.proposals().listening();
  Button listen, keep, discard;
  listen.name = tr(listening ? Text::kStopListening : Text::kListen);
  listen.words = tr(Text::kListen);
  listen.key = "listen";
  listen.icon = kIconHeadphones;
  listen.look = Look::kPlain;
  listen.pressed = listening;
  keep.name = keep.words = tr(Text::kKeep);
  keep.icon = kIconCheck;
  keep.look = Look::kAccent;
  discard.name = discard.words = tr(Text::kDiscard);
  discard.icon = kIconX;
  discard.look = Look::kPlain;
  const float gaps = 2 * t.space_2, all = button_width(listen) + button_width(keep) + button_width(discard) + gaps;
  const float third = fit_row || all > row.w ? (row.w - gaps) / 3 : 0;      // 0: as wide as its words
  const auto width = [&](const Button& b) { return third > 0 ? third : button_width(b); };
  if (third == 0) row = {right(row) - all, row.y, all, row.h};
  if (button(app.mirror(), inset(take_left(row, width(listen), t.space_2), 0, 4), listen)) app.listen_to_suggestion();
  if (button(app.mirror(), inset(take_left(row, width(keep), t.space_2), 0, 4), keep)) return app.keep_suggestion();
  if (button(app.mirror(), inset(row, 0, 4), discard)) app.discard_suggestions();
}

void offered(App& app, Rect area, bool narrow) {
  const Tokens& t = tokens();
  if (const std::string& remark = app.proposals().place().remark; !remark.empty()) {
    const Rect r = take_top(area, remark_height(app, area.w));
    write_lines(r, remark, font_small(), t.color.text_soft);
    Item item;
    item.role = Role::kStatus, item.name = tr(Text::kNews), item.text = remark, item.rect = r;
    app.mirror().add(std::move(item));
  }
  Rect list = narrow ? take_top(area, kRow) : take_left(area, (area.w - t.space_2) * 0.54f, t.space_2);
  suggestion_list(app, list);
  if (app.proposals().suggestion()) decisions(app, area, narrow);
}

void failed(App& app, Rect row) {
  const Tokens& t = tokens();
  Item item;
  item.role = Role::kStatus, item.name = tr(Text::kError), item.text = app.proposals().text(), item.rect = row;
  app.mirror().add(std::move(item));
  Button dismiss;
  dismiss.name = tr(Text::kDismiss);
  dismiss.icon = kIconX;
  const Rect dismiss_at = take_right(row, t.touch, t.space_2);
  draw_icon(take_left(row, t.icon, t.space_2), kIconInfo, t.color.warning);
  const float lines = write_lines(row, app.proposals().text(), font_text(), t.color.text, false);
  write_lines({row.x, row.y + (row.h - lines) / 2, row.w, lines}, app.proposals().text(), font_text(), t.color.text);
  if (button(app.mirror(), dismiss_at, dismiss)) app.discard_suggestions();
}

void strip(App& app, Rect area) {
  const bool narrow = is_narrow(area.w);
  app.mirror().open(Role::kGroup, tr(Text::kMelodyHelp), area);
  const HelpState state = app.proposals().state();
  const Rect answer = take_bottom(area, answer_height(app, area.w));
  offers(app, take_top(area, kRow), narrow);
  if (state == app.proposals().state()) {                // what was pressed just now is drawn next time
    switch (state) {
      case HelpState::kAsking: waiting(app, answer); break;
      case HelpState::kOffered: offered(app, answer, narrow); break;
      case HelpState::kFailed: failed(app, answer); break;
      case HelpState::kIdle: break;
    }
  }
  app.mirror().close();
}

}  // namespace

float melody_help_height(const App& app, const Rect& room) {
  const Tokens& t = tokens();
  const float width = room.w - 2 * t.space_2;
  if (room.w <= 0 || room.h - kRow < kLeastNotes) return 0;
  last_room() = room;
  const float bar = kRow + answer_height(app, width);
  return std::min(bar + (app.help_options && options_fit(app, room) ? help_options_height(app, width) : 0), room.h - kLeastNotes / 2);
}

void draw_melody_help(App& app, Rect area) {
  Rect rest = inset(area, tokens().space_2, 0);
  const float bar = kRow + answer_height(app, rest.w);
  const Rect bar_at = take_top(rest, bar);
  const bool options = rest.h > 0;
  strip(app, bar_at);
  if (options) draw_help_options(app, rest);
}

void draw_melody_help_dialog(App& app) {
  const Tokens& t = tokens();
  const float width = std::min(560.f, ImGui::GetIO().DisplaySize.x - 2 * t.space_2) - 2 * t.space_6;
  const float bar = kRow + answer_height(app, width);
  Rect body = begin_dialog(app, tr(Text::kMelodyHelp), 560, bar + help_options_height(app, width));
  strip(app, take_top(body, bar));
  draw_help_options(app, body);
  end_dialog(app);
}

}  // namespace arietta::ui
