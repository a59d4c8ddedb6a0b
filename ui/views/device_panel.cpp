#include "ui/views/device_panel.h"

#include <algorithm>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/views/instruments.h"
#include "ui/views/sound_curves.h"
#include "ui/views/track_colors.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/knob.h"
#include "ui/widgets/scroll.h"

namespace arietta::ui {
namespace {

constexpr float kKnobWidth = 78, kBigKnob = 100, kSmallKnob = 88, kCurves = 68, kWaves = 44, kHeading = 30;

struct Panel {
  App& app;
  Id track;
  Color tint;
  bool more;
};

using Params = std::vector<const ParamInfo*>;

bool is_wave(const ParamInfo& param) { return param.device == DeviceKind::poly_synth && param.index == param::poly_synth::shape; }

// Front knobs, then the others; the wave has its own picture.
Params shown_params(DeviceKind kind, bool front) {
  Params params;
  for (const ParamInfo& param : params_of(kind))
    if (!(param.flags & kHidden) && !is_wave(param) && bool(param.flags & kFront) == front) params.push_back(&param);
  return params;
}

int columns(float width) { return std::max(1, int(width / kKnobWidth)); }
float knobs_height(size_t count, float width, float height) {
  const int across = columns(width);
  return float((int(count) + across - 1) / across) * height;
}

// Rows are as even as they can be and stand centred: five knobs where four fit are three and two.
void knobs(const Panel& panel, const Rect& r, Id device, const Params& params, float height) {
  const int count = int(params.size()), most = columns(r.w);
  const int rows = (count + most - 1) / most;
  for (int row = 0, next = 0; row < rows; ++row) {
    const int here = (count - next + rows - row - 1) / (rows - row);
    const float width = std::min(r.w / float(here), kKnobWidth * 1.3f), left = r.x + (r.w - width * float(here)) / 2;
    for (int i = 0; i < here; ++i, ++next) {
      const Rect cell{left + float(i) * width, r.y + float(row) * height, width, height};
      knob(panel.app, centred(cell, std::min(width - 4, kKnobWidth), height - tokens().space_2), {device, params[size_t(next)]}, panel.tint);
    }
  }
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

void title(const Panel& panel, Rect r, std::string_view track_name) {
  const Tokens& t = tokens();
  const Rect badge = centred(take_left(r, 36, t.space_2), 34, 34);
  fill(badge, panel.tint, t.radius);
  draw_icon(badge, instrument_icon(panel.app, panel.track), t.color.text_on_accent);
  write(r, track_name, font_large(), t.color.text);
}

void sound_choice(const Panel& panel, const Rect& r) {
  int chosen = instrument_of_track(panel.app, panel.track);
  const InstrumentList& list = instruments_for(panel.app, panel.track);
  Combo c{tr(Text::kSoundChoice), list.options, chosen, nullptr, {}, &list.headings};
  if (combo(panel.app.mirror(), r, c, chosen)) choose_instrument(panel.app, panel.track, chosen);
}

struct Section { float waves = 0, curves = 0, front = 0, rest = 0, more_button = 0, mixer = 0; };

float height_of(const Section& s) {
  return kHeading + s.waves + s.curves + s.front + s.rest + s.more_button + s.mixer + tokens().space_4;
}

}  // namespace

void draw_device_panel(App& app, Rect area) {
  const Tokens& t = tokens();
  const Id track = app.current_track();
  const auto device = instrument_of(app.document(), track);
  const auto strip = strip_of(app.document(), track);
  if (area.w <= 0 || area.h <= 0 || !device) return;
  static bool more_wanted = false;
  static float offset = 0;
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  const int index = int(std::find(tracks.begin(), tracks.end(), track) - tracks.begin());
  std::string name(app.document().find(track)->text(field::track::name));
  if (name.empty()) name = tr(Text::kTrackNumber, std::to_string(index + 1));

  Rect rest = inset(area, t.space_3, 0);
  app.mirror().open(Role::kGroup, tr(Text::kSound, name), area, "sound");
  const Panel panel{app, track, track_color(app.document(), track, index), more_wanted};
  title(panel, take_top(rest, t.touch + t.space_1), name);
  sound_choice(panel, inset(take_top(rest, t.touch, t.space_1), 0, 3));

  const bool synth = device->kind == DeviceKind::poly_synth;
  const Params front = shown_params(device->kind, true), others = shown_params(device->kind, false);
  Params mixer = shown_params(DeviceKind::strip, true);
  for (const ParamInfo* param : shown_params(DeviceKind::strip, false)) mixer.push_back(param);

  Section s;
  if (synth) s.waves = kWaves + t.space_2, s.curves = kCurves + t.space_2;
  s.front = knobs_height(front.size(), rest.w, kBigKnob);
  s.mixer = kHeading + knobs_height(mixer.size(), rest.w, kSmallKnob);
  const float all = knobs_height(others.size(), rest.w, kSmallKnob);
  const bool all_fit = height_of(s) + all <= rest.h;      // then there is nothing to fold away
  if (!others.empty() && !all_fit) s.more_button = t.touch;
  const bool open = all_fit || more_wanted;
  if (open) s.rest = all;

  {
    const ScrollArea scroll(rest, offset, height_of(s));
    Rect column{rest.x, scroll.top(), rest.w, height_of(s)};
    heading(take_top(column, kHeading), find_device(device->kind)->label);
    if (synth) {
      wave_picker(panel, take_top(column, kWaves, t.space_2), device->id);
      Rect curves = take_top(column, kCurves, t.space_2);
      draw_filter_curve(app, take_left(curves, (curves.w - t.space_2) / 2, t.space_2), device->id, panel.tint);
      draw_envelope(app, curves, device->id, panel.tint);
    }
    knobs(panel, take_top(column, s.front), device->id, front, kBigKnob);
    if (s.more_button > 0) {
      Button more{tr(more_wanted ? Text::kFewerKnobs : Text::kMoreKnobs), more_wanted ? kIconChevronUp : kIconChevronDown};
      more.words = more.name;
      more.key = "more";
      if (button(app.mirror(), inset(take_top(column, s.more_button), 0, t.space_1), more)) more_wanted = !more_wanted;
    }
    if (open) knobs(panel, take_top(column, s.rest), device->id, others, kSmallKnob);
    if (strip) {
      heading(take_top(column, kHeading), tr(Text::kMixerStrip));
      knobs(panel, column, strip->id, mixer, kSmallKnob);
    }
  }
  app.mirror().close();
}

}  // namespace arietta::ui
