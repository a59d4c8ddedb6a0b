// Behind the options button of melody help: wishes to the model, the person's own melodies, who wrote the song.
#include <algorithm>
#include <cmath>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/input.h"
#include "ui/views/melody_help.h"
#include "ui/views/note_colors.h"
#include "ui/widgets/button.h"

namespace arietta::ui {
namespace {

constexpr float kSlider = 58, kText = 40, kSwitch = 44, kThreeColumns = 520, kGrip = 8, kLine = 4, kBar = 8;

bool columns(float width) { return width >= kThreeColumns; }

std::string percent_words(float value) { return std::to_string(std::lround(value * 100)); }

std::string adventurous_words(float v) { return std::abs(v - 0.5f) < 0.1f ? tr(Text::kWishUsual) : tr(v < 0.5f ? Text::kWishCalm : Text::kWishBold); }
std::string busy_words(float v) { return std::abs(v - 0.5f) < 0.1f ? tr(Text::kWishAsIs) : tr(v < 0.5f ? Text::kWishFew : Text::kWishMany); }
std::string like_me_words(float v) { return v <= 0 ? tr(Text::kWishOff) : tr(Text::kWishMine, percent_words(v)); }

// A wish from 0 to 1, said in words. True when it changed.
bool wish(App& app, const Rect& r, Text name, float& value, std::string (*words)(float)) {
  const Tokens& t = tokens();
  const ItemId id = app.mirror().id_of(tr(name));
  Rect rest = r;
  Rect label = take_top(rest, 22);
  const Press p = press(id, rest);
  const Rect way = inset(rest, kGrip, 0);
  const float before = value;
  if (p.held && way.w > 0) value = std::round(std::clamp((ImGui::GetIO().MousePos.x - way.x) / way.w, 0.f, 1.f) * 20) / 20;
  double spoken = double(value);
  if (app.mirror().slider(tr(name), r, spoken, 0, 1, 0.05, words(value))) value = float(spoken);

  write(take_left(label, text_width(tr(name), font_text()) + 1, t.space_2), tr(name), font_text(), t.color.text);
  write(label, words(value), font_small(), t.color.text_soft, Align::kRight);
  const float middle = way.y + way.h / 2, x = way.x + way.w * value;
  fill({way.x, middle - kLine / 2, way.w, kLine}, t.color.line, kLine / 2);
  fill({way.x, middle - kLine / 2, x - way.x, kLine}, t.color.accent, kLine / 2);
  if (p.hovered || p.held) canvas()->AddCircleFilled({x, middle}, kGrip + 5, ink(t.color.accent, 0.22f));
  canvas()->AddCircleFilled({x, middle}, kGrip, ink(t.color.accent));
  canvas()->AddCircleFilled({x, middle}, kGrip - 3, ink(t.color.surface));
  return value != before;
}

void wishes(App& app, Rect area) {
  const Tokens& t = tokens();
  Preferences& p = app.preferences();
  const bool side_by_side = columns(area.w);
  const float width = side_by_side ? (area.w - 2 * t.space_6) / 3 : area.w;
  const auto place = [&] { return side_by_side ? take_left(area, width, t.space_6) : take_top(area, kSlider); };
  bool changed = wish(app, place(), Text::kAdventurous, p.adventurous, adventurous_words);
  changed = wish(app, place(), Text::kBusy, p.busy, busy_words) || changed;
  changed = wish(app, place(), Text::kLikeMe, p.like_me, like_me_words) || changed;
  if (changed) app.preferences_changed();
}

void said(App& app, const Rect& r, Text name, std::string_view words, Color color) {
  write_lines(r, words, font_small(), color);
  Item item;
  item.role = Role::kListItem, item.name = std::string(words), item.rect = r, item.key = tr(name);
  app.mirror().add(std::move(item));
}

std::string memory_words(const App& app) {
  const OwnMelodies& own = app.own_melodies();
  if (!own.notes()) return tr(Text::kLearnedNothing);
  return tr(Text::kLearned, std::to_string(own.notes()), std::to_string(own.melodies()));
}

void memory(App& app, Rect row) {
  const Tokens& t = tokens();
  Button forget;
  forget.name = forget.words = tr(Text::kForgetNotes);
  forget.icon = kIconEraser;
  forget.look = Look::kPlain;
  forget.disabled = app.own_melodies().notes() == 0;
  if (button(app.mirror(), inset(take_right(row, button_width(forget), t.space_3), 0, 0), forget)) app.forget_memory();
  said(app, row, Text::kLikeMe, memory_words(app), t.color.text_soft);
}

// One band of colour for each author, as wide as their share.
void draw_shares(const App& app, const Rect& r) {
  float x = r.x;
  for (const auto& [author, part] : app.author_shares()) {
    const float w = r.w * part;
    fill({x, r.y, std::max(1.f, w - 1), r.h}, author_color(author), r.h / 2);
    x += w;
  }
}

void authors(App& app, Rect area) {
  const Tokens& t = tokens();
  Preferences& p = app.preferences();
  Rect switch_at = columns(area.w) ? take_right(area, 200, t.space_3) : take_bottom(area, kSwitch);
  if (checkbox(app.mirror(), switch_at, tr(Text::kColorByAuthor), p.author_colors)) {
    p.author_colors = !p.author_colors;
    app.preferences_changed();
  }
  draw_shares(app, {area.x, area.y + 2, area.w, kBar});
  take_top(area, kBar + t.space_2);
  said(app, area, Text::kAuthorship, app.authorship(), t.color.text);
}

}  // namespace

float help_options_height(const App&, float width) {
  const Tokens& t = tokens();
  if (columns(width)) return kSlider + kText + t.space_3 + kSwitch + 2 * t.space_3;
  return 3 * kSlider + kText + 2 * t.space_3 + kBar + kText + kSwitch + t.space_4;
}

void draw_help_options(App& app, Rect area) {
  const Tokens& t = tokens();
  fill({area.x, area.y, area.w, 1}, t.color.line);
  take_top(area, t.space_2);
  const bool wide = columns(area.w);
  wishes(app, take_top(area, wide ? kSlider : 3 * kSlider, t.space_1));
  app.mirror().open(Role::kList, tr(Text::kAuthorship), area);
  memory(app, take_top(area, kText + (wide ? 0 : t.space_2), t.space_3));
  authors(app, area);
  app.mirror().close();
}

}  // namespace arietta::ui
