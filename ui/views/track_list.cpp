#include "ui/views/track_list.h"

#include "icons.gen.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/views/instruments.h"
#include "ui/views/track_colors.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/fader.h"
#include "ui/widgets/knob.h"
#include "ui/widgets/meter.h"
#include "ui/widgets/scroll.h"

namespace arietta::ui {
namespace {

constexpr float kHeader = 48, kRow = 42, kKey = 36, kFoot = 44;
constexpr size_t kAllInMirror = 16;      // with more tracks, those out of sight keep their controls to themselves

struct Card {
  Id id = 0;
  int index = 0;
  Rect rect;
  std::string name;
  bool chosen = false, open = false, visible = false;
  bool bus = false;
  Color color = 0;
};

float card_height(bool open) { return open ? kHeader + 2 * kRow + tokens().space_2 : kHeader; }

void rename(App& app, const Card& card, const Rect& r, bool wanted) {
  std::string name = card.name;
  const ItemId id = app.mirror().id_of(tr(Text::kTrackName));
  if (app.mirror().textbox(tr(Text::kTrackName), r, name)) {
    Ops ops;
    set_field(ops, card.id, Kind::track, field::track::name, name);
    app.edit_piece(ops, tr(Text::kEditTrackName));
  }
  if (wanted) platform::edit_text(id);
}

void mute_and_solo(App& app, Rect& rest, const Card& card) {
  const Entity& track = *app.document().find(card.id);
  const bool mute = track.integer(field::track::mute) != 0, solo = track.integer(field::track::solo) != 0;
  const Palette& c = tokens().color;
  const Rect solo_key = take_right(rest, kKey), mute_key = take_right(rest, kKey, tokens().space_1);
  if (checkbox(app.mirror(), mute_key, tr(Text::kMute), mute, nullptr, "M", c.warning)) app.set_mute(card.id, !mute);
  if (!card.bus && checkbox(app.mirror(), solo_key, tr(Text::kSolo), solo, nullptr, "S", c.good)) app.set_solo(card.id, !solo);
}

void header(App& app, ScrollArea& scroll, const Card& card) {
  const Tokens& t = tokens();
  Rect rest{card.rect.x + t.space_2, card.rect.y, card.rect.w - t.space_3, kHeader};
  Rect name = rest;
  name.w -= 2 * kKey + t.space_2;
  const Rect pressable = name;
  const Press p = press(ItemId(card.id), pressable);
  const bool stroke = scroll.stroked(p);
  if (p.clicked && !stroke && !card.chosen) app.choose_track(card.id);
  const Rect badge = centred(take_left(name, 32, t.space_2), 30, 30);
  fill(badge, card.color, t.radius, card.chosen ? 1.f : 0.22f);
  draw_icon(badge, card.bus ? kIconSplit : instrument_icon(app, card.id), card.chosen ? t.color.text_on_accent : card.color);
  Rect words = inset(name, 0, t.space_1);
  const Rect level{words.x, bottom(words) - 4, words.w - t.space_2, 4};
  words.h -= 6;
  const bool muted = app.document().find(card.id)->integer(field::track::mute) != 0;
  write(words, card.name, font_text(), muted ? t.color.text_soft : t.color.text);
  const TelemetryBlock& telemetry = app.telemetry();
  const bool known = app.playing() || app.wants_meters();
  const TelemetryTrack peak = known && uint32_t(card.index) < telemetry.track_count ? telemetry.tracks[card.index] : TelemetryTrack{};
  meter(app, level, ItemId(card.id), peak.peak_left, peak.peak_right);
  if (card.chosen) rename(app, card, words, p.double_clicked);
  rest.x = right(pressable), rest.w = right(card.rect) - t.space_1 - rest.x;
  mute_and_solo(app, rest, card);
}

void instrument(App& app, Rect& rest, const Card& card) {
  // The whole list hangs in the page for one track only: the chosen one, or where the focus is.
  const bool whole = card.chosen || app.mirror().has_focus(app.mirror().id_of(tr(Text::kInstrument)));
  const InstrumentList& list = instruments_for(app, card.id);
  const std::vector<std::string> only{std::string(instrument_label(app, card.id))};
  int chosen = whole ? instrument_of_track(app, card.id) : 0;
  Combo c{tr(Text::kInstrument), whole ? list.options : only, chosen, nullptr, only[0], whole ? &list.headings : nullptr};
  if (card.open && card.chosen) {
    if (combo(app.mirror(), rest, c, chosen)) choose_instrument(app, card.id, chosen);
    return;
  }
  const Rect place = card.open ? rest : card.rect;
  if (card.open && card.visible) {
    const Press p = press("instrument", rest);
    if (p.clicked) app.choose_track(card.id);
    write(inset(rest, tokens().space_2, 0), c.shown, font_text(), tokens().color.text_soft);
  }
  if (app.mirror().combobox(c.name, place, c.options, chosen) && whole) choose_instrument(app, card.id, chosen);
}

void strip(App& app, const Card& card, const Rect& row) {
  const auto device = strip_of(app.document(), card.id);
  if (!device) return;
  const Tokens& t = tokens();
  ParamControl volume{device->id, find_param(DeviceKind::strip, param::strip::gain_db), tr(Text::kVolume)};
  ParamControl pan{device->id, find_param(DeviceKind::strip, param::strip::pan), tr(Text::kPan)};
  volume.wheel = pan.wheel = false;     // the wheel scrolls the list
  if (!card.open || !card.visible) {
    volume.drawn = pan.drawn = false;
    control_param(app, card.rect, volume);
    control_param(app, card.rect, pan);
    return;
  }
  Rect rest = row;
  const Rect dial = take_right(rest, kKey, t.space_2);
  draw_icon(take_left(rest, t.icon, t.space_2), kIconVolume2, t.color.text_soft, 16);
  fader(app, rest, volume, card.color);
  small_knob(app, centred(dial, kKey - 2, kKey - 2), pan, card.color);
}

void draw_card(App& app, ScrollArea& scroll, const Card& card, bool only_one) {
  const Tokens& t = tokens();
  if (card.visible) {
    if (card.chosen) fill(card.rect, t.color.surface_raised, t.radius_large);
    else if (card.open) fill(card.rect, t.color.surface, t.radius_large);
    if (t.line > 1) outline(card.rect, card.chosen ? t.color.accent : t.color.line, t.radius_large, t.line);
    header(app, scroll, card);
  } else {
    const Entity& track = *app.document().find(card.id);
    const bool mute = track.integer(field::track::mute) != 0, solo = track.integer(field::track::solo) != 0;
    if (app.mirror().checkbox(tr(Text::kMute), card.rect, mute)) app.set_mute(card.id, !mute);
    if (!card.bus && app.mirror().checkbox(tr(Text::kSolo), card.rect, solo)) app.set_solo(card.id, !solo);
  }
  Rect rest = inset(card.rect, t.space_3, 0);
  take_top(rest, kHeader);
  Rect sound_row = inset(take_top(rest, kRow), 0, 3), strip_row = take_top(rest, kRow);
  if (card.chosen && card.open && card.visible) {
    Button remove_button{tr(Text::kDeleteTrack), kIconTrash2};
    remove_button.disabled = only_one;
    if (button(app.mirror(), take_right(sound_row, kKey, t.space_1), remove_button)) return app.delete_track(card.id);
  } else if (card.chosen) {
    if (app.mirror().button(tr(Text::kDeleteTrack), card.rect, only_one)) return app.delete_track(card.id);
  }
  if (!card.bus) instrument(app, sound_row, card);
  else if (card.open && card.visible) write(inset(sound_row, t.space_2, 0), tr(Text::kBusWords), font_small(), t.color.text_soft);
  strip(app, card, strip_row);
}

// Below the list: what all tracks go through.
void foot(App& app, Rect r) {
  const Tokens& t = tokens();
  Button master{tr(Text::kMaster), kIconGauge}, bus{tr(Text::kAddBus), kIconPlus};
  master.words = master.name;
  master.pressed = app.sound_owner() == kSongId;
  bus.words = bus.name;
  const float half = (r.w - t.space_2) / 2;
  app.mirror().open(Role::kToolbar, tr(Text::kMixTools), r);
  if (button(app.mirror(), inset(take_left(r, half, t.space_2), 0, 3), master)) app.choose_sound(kSongId);
  if (button(app.mirror(), inset(r, 0, 3), bus)) add_bus(app);
  app.mirror().close();
}

void list_item(App& app, ScrollArea& scroll, const Card& card, bool in_mirror, bool only_one) {
  Item item;
  item.role = Role::kListItem;
  item.name = card.name;
  item.key = std::to_string(card.id);
  item.rect = card.rect;
  item.selected = card.chosen ? 1 : 0;
  ImGui::PushID(int(card.id ^ card.id >> 32));
  const ItemId id = app.mirror().open(std::move(item));
  if (app.mirror().take_act(id).kind == ActKind::kPress) app.choose_track(card.id);
  if (in_mirror) draw_card(app, scroll, card, only_one);
  app.mirror().close();
  ImGui::PopID();
}

// Sound from outside: a voice, a file. While a voice is recorded, the button stays in.
void voice_buttons(App& app, const Rect& row) {
  const Tokens& t = tokens();
  app.mirror().open(Role::kGroup, tr(Text::kVoice), row);
  Rect rest = row;
  Button record{tr(Text::kRecordVoice), kIconMic};
  record.words = tr(Text::kRecordVoice);
  record.look = Look::kPlain;
  record.pressed = app.voice() != VoiceRecording::kOff;
  record.disabled = app.voice() == VoiceRecording::kSaving;
  record.help = tr(Text::kRecordVoiceHelp);
  record.tint = t.color.danger;
  Button import{tr(Text::kImportAudio), kIconFileAudio};
  import.words = tr(Text::kImportAudio);
  import.look = Look::kPlain;
  import.help = tr(Text::kImportAudioHelp);
  if (button(app.mirror(), inset(take_left(rest, (rest.w - t.space_1) / 2, t.space_1), 0, t.space_1 / 2), record))
    app.record_voice(app.voice() == VoiceRecording::kOff);
  if (button(app.mirror(), inset(rest, 0, t.space_1 / 2), import)) platform::import_audio();
  app.mirror().close();
}

}  // namespace

void draw_track_list(App& app, Rect area) {
  const Tokens& t = tokens();
  if (area.w <= 0 || area.h <= 0) return;
  app.mirror().open(Role::kGroup, tr(Text::kTracksTab), area, "tracks panel");      // one stop of F6
  Rect rest = inset(area, t.space_2, 0);
  Rect title = take_top(rest, t.touch + t.space_1, t.space_1);
  Button add{tr(Text::kAddTrack), kIconPlus};
  add.words = tr(Text::kAddTrack);
  const bool adding = button(app.mirror(), inset(take_right(title, button_width(add)), 0, t.space_1), add);
  write(inset(title, t.space_2, 0), tr(Text::kTracks), font_large(), t.color.text);
  if (adding) app.add_track();

  voice_buttons(app, take_top(rest, t.touch, t.space_1));
  foot(app, take_bottom(rest, kFoot, t.space_1));

  // A copy: choosing, adding and deleting while drawing would change it under our hands.
  const std::vector<Id> tracks = app.document().children(kSongId, Kind::track);
  const float gap = t.space_1, all_open = float(tracks.size()) * (card_height(true) + gap);
  const bool roomy = all_open <= rest.h;
  float content = 0;
  const Id chosen = app.sound_owner();
  int playing_tracks = 0;
  for (Id id : tracks) {
    content += card_height(roomy || id == chosen) + gap;
    playing_tracks += bus_number(app.document(), id) == 0;
  }

  static float offset = 0;
  static Id shown_track = 0;
  app.mirror().open(Role::kList, tr(Text::kTracks), rest);
  {
    ScrollArea scroll(rest, offset, content);
    float y = scroll.top();
    for (size_t i = 0; i < tracks.size(); ++i) {
      Card card{tracks[i], int(i), {}, sound_name(app, tracks[i])};
      card.bus = bus_number(app.document(), tracks[i]) != 0;
      card.chosen = tracks[i] == chosen;
      card.open = roomy || card.chosen;
      card.rect = {rest.x, y, rest.w, card_height(card.open)};
      card.visible = scroll.shows(card.rect);
      card.color = track_color(app.document(), tracks[i], int(i));
      y = bottom(card.rect) + gap;
      if (card.chosen && shown_track != chosen) scroll.bring_into_view(card.rect), shown_track = chosen, app.touch_screen();
      list_item(app, scroll, card, card.visible || card.chosen || tracks.size() <= kAllInMirror, !card.bus && playing_tracks == 1);
    }
  }
  app.mirror().close();
  app.mirror().close();
}

}  // namespace arietta::ui
