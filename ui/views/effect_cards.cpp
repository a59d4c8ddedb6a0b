#include "ui/views/effect_cards.h"

#include <algorithm>
#include <unordered_set>

#include "icons.gen.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"
#include "ui/views/knob_rows.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

namespace arietta::ui {
namespace {

constexpr float kHeader = 44, kKey = 34, kChoice = 40, kLabel = 22, kMore = 36, kAdd = 44;

// Cards whose other knobs are shown; a matter of the screen alone.
std::unordered_set<Id> opened;

struct Card {
  Id owner = 0;
  Effect effect;
  const DeviceInfo* info = nullptr;
  bool first = false, last = false;
  Color tint = 0;
};

bool can_listen(DeviceKind kind) { return kind == DeviceKind::compressor; }

struct Heights { float presets = 0, listens = 0, front = 0, more = 0, rest = 0; };

Heights heights_of(const Card& card, float width) {
  const float inner = width - 2 * tokens().space_2;
  const DeviceKind kind = card.effect.kind;
  const Knobs front = knobs_of(kind, true), rest = knobs_of(kind, false);
  Heights h;
  if (!effect_presets(kind).empty()) h.presets = kChoice;
  if (can_listen(kind)) h.listens = kLabel + kChoice;
  h.front = knobs_height(front.size(), inner, kSmallKnob);
  if (!rest.empty()) h.more = kMore;
  if (opened.count(card.effect.id)) h.rest = knobs_height(rest.size(), inner, kSmallKnob);
  return h;
}

float card_height(const Card& card, float width) {
  const Heights h = heights_of(card, width);
  return kHeader + h.presets + h.listens + h.front + h.rest + h.more + tokens().space_2;
}

std::vector<Card> cards_of(const App& app, Id owner, Color tint) {
  std::vector<Card> cards;
  for (const Effect& effect : effects_of(app.document(), owner))
    cards.push_back({owner, effect, find_device(effect.kind), cards.empty(), false, tint});
  if (!cards.empty()) cards.back().last = true;
  return cards;
}

void header(App& app, Rect r, const Card& card) {
  Button remove{tr(Text::kRemove), kIconX}, up{tr(Text::kMoveUp), kIconChevronUp}, down{tr(Text::kMoveDown), kIconChevronDown};
  up.disabled = card.first;
  down.disabled = card.last;
  // On the screen from right to left, in the mirror as they are read.
  const Rect remove_key = take_right(r, kKey), down_key = take_right(r, kKey), up_key = take_right(r, kKey, tokens().space_1);
  const bool on = !card.effect.bypassed;
  if (checkbox(app.mirror(), r, card.info->label, on, nullptr, card.info->label, card.tint))
    set_effect_on(app, card.effect.id, !on);
  if (button(app.mirror(), up_key, up)) move_effect(app, card.owner, card.effect.id, -1);
  if (button(app.mirror(), down_key, down)) move_effect(app, card.owner, card.effect.id, 1);
  if (button(app.mirror(), remove_key, remove)) remove_effect(app, card.effect.id);
}

void presets(App& app, const Rect& r, const Card& card) {
  const std::vector<const Preset*> all = effect_presets(card.effect.kind);
  const int stands = preset_of_effect(app, card.effect.id, card.effect.kind);
  std::vector<std::string> names;
  for (const Preset* preset : all) names.emplace_back(preset->name);
  if (stands < 0) names.push_back(tr(Text::kOwnSettings));
  int chosen = stands < 0 ? int(all.size()) : stands;
  if (combo(app.mirror(), inset(r, 0, 2), {tr(Text::kEffectPreset), names, chosen}, chosen) && size_t(chosen) < all.size())
    choose_preset(app, card.effect.id, *all[size_t(chosen)]);
}

void listens(App& app, Rect r, const Card& card) {
  write(take_top(r, kLabel), tr(Text::kListensTo), font_small(), tokens().color.text_soft);
  std::vector<Id> tracks{0};
  std::vector<std::string> names{tr(Text::kListensToItself)};
  int chosen = 0;
  for (Id track : app.document().children(kSongId, Kind::track)) {
    if (track == card.owner || bus_number(app.document(), track) != 0) continue;
    if (track == card.effect.side_chain) chosen = int(tracks.size());
    tracks.push_back(track);
    names.push_back(sound_name(app, track));
  }
  if (combo(app.mirror(), inset(r, 0, 2), {tr(Text::kListensTo), names, chosen}, chosen))
    set_side_chain(app, card.effect.id, tracks[size_t(chosen)]);
}

void draw_card(App& app, const Rect& r, const Card& card) {
  const Tokens& t = tokens();
  const Heights h = heights_of(card, r.w);
  const Color tint = card.effect.bypassed ? t.color.text_soft : card.tint;
  fill(r, t.color.surface_sunken, t.radius_large);
  if (t.line > 1) outline(r, t.color.line, t.radius_large, t.line);
  if (!card.effect.bypassed) fill({r.x, r.y + t.space_3, 3, r.h - 2 * t.space_3}, card.tint, 1.5f);
  Item item;
  item.role = Role::kGroup, item.name = card.info->label, item.rect = r, item.key = std::to_string(card.effect.id);
  app.mirror().open(std::move(item));
  ImGui::PushID(int(card.effect.id ^ card.effect.id >> 32));
  Rect rest = inset(r, t.space_2, 0);
  header(app, take_top(rest, kHeader), card);
  if (h.presets > 0) presets(app, take_top(rest, h.presets), card);
  if (h.listens > 0) listens(app, take_top(rest, h.listens), card);
  draw_knobs(app, take_top(rest, h.front), card.effect.id, knobs_of(card.effect.kind, true), kSmallKnob, tint);
  if (h.rest > 0) draw_knobs(app, take_top(rest, h.rest), card.effect.id, knobs_of(card.effect.kind, false), kSmallKnob, tint);
  if (h.more > 0) {
    const bool open = opened.count(card.effect.id) > 0;
    Button more{tr(open ? Text::kFewerKnobs : Text::kMoreKnobs), open ? kIconChevronUp : kIconChevronDown};
    more.words = more.name;
    more.key = "more";
    if (button(app.mirror(), take_top(rest, h.more), more)) {
      if (open) opened.erase(card.effect.id);
      else opened.insert(card.effect.id);
    }
  }
  ImGui::PopID();
  app.mirror().close();
}

}  // namespace

float effect_cards_height(const App& app, Id owner, float width) {
  float height = kAdd + tokens().space_2;
  for (const Card& card : cards_of(app, owner, 0)) height += card_height(card, width) + tokens().space_2;
  return height;
}

void draw_effect_cards(App& app, Rect area, Id owner, Color tint) {
  const Tokens& t = tokens();
  app.mirror().open(Role::kGroup, tr(Text::kEffects), area);
  const std::vector<Card> cards = cards_of(app, owner, tint);
  for (const Card& card : cards) draw_card(app, take_top(area, card_height(card, area.w), t.space_2), card);
  Button add{tr(Text::kAddEffect), kIconPlus};
  add.words = add.name;
  add.look = Look::kSoft;
  add.disabled = cards.size() >= size_t(kMaxEffects);
  const std::string full = tr(Text::kChainFull, std::to_string(kMaxEffects));
  if (add.disabled) add.help = full;
  if (button(app.mirror(), take_top(area, kAdd), add)) app.dialog = Dialog::kAddEffect;
  app.mirror().close();
}

}  // namespace arietta::ui
