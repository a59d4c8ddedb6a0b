#include "ui/views/device_panel.h"

#include <algorithm>
#include <utility>

#include "icons.gen.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"
#include "ui/views/effect_cards.h"
#include "ui/views/instruments.h"
#include "ui/views/knob_rows.h"
#include "ui/views/sound_curves.h"
#include "ui/views/track_colors.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/param_control.h"
#include "ui/widgets/scroll.h"

namespace arietta::ui {
namespace {

constexpr float kCurves = 68, kWaves = 44, kHeading = 30;

bool more_wanted = false;                                // the instrument's other knobs are shown

struct Panel {
  App& app;
  Id owner;                                              // a track, a bus or the song
  std::optional<DeviceRef> instrument, strip;
  Color tint;
  Knobs front, others, mixer;                            // of the instrument, of the strip
};

bool is_wave(const KnobSpec& spec) {
  return spec.param->device == DeviceKind::poly_synth && spec.param->index == param::poly_synth::shape;
}

// The instrument's; the synth's wave has its own picture.
Knobs instrument_knobs(const std::optional<DeviceRef>& instrument, bool front) {
  Knobs knobs = instrument ? knobs_of(instrument->kind, front) : Knobs();
  std::erase_if(knobs, is_wave);
  return knobs;
}

// Volume and so on, the room, and one send for each bus, by its name. Buses do not send to buses.
Knobs mixer_knobs(const App& app, Id owner) {
  Knobs knobs = knobs_of(DeviceKind::strip, true);
  for (KnobSpec& spec : knobs_of(DeviceKind::strip, false)) knobs.push_back(std::move(spec));
  if (bus_number(app.document(), owner) != 0) return knobs;
  for (const int bus : buses_of(app.document()))
    knobs.push_back({find_param(DeviceKind::strip, bus_send_param(bus)), sound_name(app, bus_track(app.document(), bus))});
  return knobs;
}

void wave_picker(const Panel& panel, const Rect& r, Id synth) {
  const Tokens& t = tokens();
  const ParamInfo& param = *find_param(DeviceKind::poly_synth, param::poly_synth::shape);
  ParamControl control{synth, &param};
  control.drawn = false;
  const int shape = int(control_param(panel.app, r, control).plain);
  const float width = (r.w - 3 * t.space_1) / 4;
  for (int i = 0; i < 4; ++i) {
    const Rect cell{r.x + float(i) * (width + t.space_1), r.y, width, r.h};
    const Press p = press(ItemId(i + 1), cell);
    fill(cell, i == shape ? t.color.accent_soft : p.hovered ? t.color.surface_raised : t.color.surface_sunken, t.radius);
    if (i == shape && t.line > 1) outline(cell, t.color.accent, t.radius, t.line);
    draw_wave(centred(cell, std::min(34.f, cell.w - 16), 16), i, i == shape ? panel.tint : t.color.text_soft);
    if (!p.clicked || i == shape) continue;
    Ops ops;
    set_param(panel.app.document_for_ids(), ops, synth, param.index, float(i));
    panel.app.edit(ops, param.label);
  }
}

void heading(const Rect& r, std::string_view words) {
  write(inset(r, tokens().space_1, 0), words, font_small(), tokens().color.text_soft);
}

void title(const Panel& panel, Rect r) {
  const Tokens& t = tokens();
  const Rect badge = centred(take_left(r, 36, t.space_2), 34, 34);
  fill(badge, panel.tint, t.radius);
  const char* icon = panel.owner == kSongId ? kIconGauge : panel.instrument ? instrument_icon(panel.app, panel.owner) : kIconSplit;
  draw_icon(badge, icon, t.color.text_on_accent);
  write(r, sound_name(panel.app, panel.owner), font_large(), t.color.text);
}

void sound_choice(const Panel& panel, const Rect& r) {
  int chosen = instrument_of_track(panel.app, panel.owner);
  const InstrumentList& list = instruments_for(panel.app, panel.owner);
  Combo c{tr(Text::kSoundChoice), list.options, chosen, nullptr, {}, &list.headings};
  if (combo(panel.app.mirror(), r, c, chosen)) choose_instrument(panel.app, panel.owner, chosen);
}

struct Section { float waves = 0, curves = 0, front = 0, rest = 0, more_button = 0, effects = 0, mixer = 0; };

float height_of(const Section& s) {
  return s.waves + s.curves + s.front + s.rest + s.more_button + s.effects + s.mixer + tokens().space_4;
}

void draw_instrument(const Panel& panel, Rect& column, const Section& s, bool open) {
  const Tokens& t = tokens();
  const Id id = panel.instrument->id;
  heading(take_top(column, kHeading), find_device(panel.instrument->kind)->label);
  if (s.waves > 0) {
    wave_picker(panel, take_top(column, kWaves, t.space_2), id);
    Rect curves = take_top(column, kCurves, t.space_2);
    draw_filter_curve(panel.app, take_left(curves, (curves.w - t.space_2) / 2, t.space_2), id, panel.tint);
    draw_envelope(panel.app, curves, id, panel.tint);
  }
  draw_knobs(panel.app, take_top(column, s.front - kHeading), id, panel.front, kBigKnob, panel.tint);
  if (s.more_button > 0) {
    Button more{tr(more_wanted ? Text::kFewerKnobs : Text::kMoreKnobs), more_wanted ? kIconChevronUp : kIconChevronDown};
    more.words = more.name;
    more.key = "more";
    if (button(panel.app.mirror(), inset(take_top(column, s.more_button), 0, t.space_1), more)) more_wanted = !more_wanted;
  }
  if (open) draw_knobs(panel.app, take_top(column, s.rest), id, panel.others, kSmallKnob, panel.tint);
}

}  // namespace

void draw_device_panel(App& app, Rect area) {
  const Tokens& t = tokens();
  const Id owner = app.sound_owner();
  if (area.w <= 0 || area.h <= 0 || !owner) return;
  const bool master = owner == kSongId;
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  const int index = int(std::find(tracks.begin(), tracks.end(), owner) - tracks.begin());
  Panel panel{app, owner, instrument_of(app.document(), owner), strip_of(app.document(), owner),
              master ? t.color.accent : track_color(app.document(), owner, index), {}, {}, {}};
  panel.front = instrument_knobs(panel.instrument, true);
  panel.others = instrument_knobs(panel.instrument, false);
  if (panel.strip) panel.mixer = mixer_knobs(app, owner);

  Rect rest = inset(area, t.space_3, 0);
  app.mirror().open(Role::kGroup, master ? tr(Text::kMasterSound) : tr(Text::kSound, sound_name(app, owner)), area, "sound");
  title(panel, take_top(rest, t.touch + t.space_1));
  if (panel.instrument) sound_choice(panel, inset(take_top(rest, t.touch, t.space_1), 0, 3));

  Section s;
  if (panel.instrument && panel.instrument->kind == DeviceKind::poly_synth) s.waves = kWaves + t.space_2, s.curves = kCurves + t.space_2;
  if (panel.instrument) s.front = kHeading + knobs_height(panel.front.size(), rest.w, kBigKnob);
  s.effects = kHeading + effect_cards_height(app, owner, rest.w);
  if (panel.strip) s.mixer = kHeading + knobs_height(panel.mixer.size(), rest.w, kSmallKnob);
  const float all = knobs_height(panel.others.size(), rest.w, kSmallKnob);
  const bool all_fit = height_of(s) + all <= rest.h;      // then there is nothing to fold away
  if (!panel.others.empty() && !all_fit) s.more_button = t.touch;
  const bool open = all_fit || more_wanted;
  if (open) s.rest = all;

  static float offset = 0;
  static Id shown = 0;
  if (std::exchange(shown, owner) != owner) offset = 0;
  {
    ScrollArea scroll(rest, offset, height_of(s));
    Rect column{rest.x, scroll.top(), rest.w, height_of(s)};
    if (panel.instrument) draw_instrument(panel, column, s, open);
    heading(take_top(column, kHeading), tr(Text::kEffects));
    draw_effect_cards(app, take_top(column, s.effects - kHeading), owner, panel.tint);
    if (panel.strip) {
      heading(take_top(column, kHeading), tr(Text::kMixerStrip));
      draw_knobs(app, column, panel.strip->id, panel.mixer, kSmallKnob, panel.tint);
    }
    scroll.stroked(press("behind", rest));               // last: what lies between the knobs
  }
  app.mirror().close();
}

}  // namespace arietta::ui
