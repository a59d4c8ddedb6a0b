#include "ui/views/automation_state.h"

#include <algorithm>

#include "song/chain.h"
#include "ui/effects.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

void add_device(KnobList& list, Id device, DeviceKind kind, bool named) {
  const DeviceInfo& info = *find_device(kind);
  const int first = int(list.knobs.size());
  for (const ParamInfo& param : params_of(kind)) {
    if (!(param.flags & kAutomatable) || (param.flags & kHidden)) continue;
    std::string name(param.label);
    if (named) name = std::string(info.label) + ": " + name;
    list.knobs.push_back({device, &param, std::move(name)});
  }
  if (int(list.knobs.size()) > first) list.headings.emplace_back(first, std::string(info.label));
}

}  // namespace

KnobList automatable_knobs(const App& app, Id owner) {
  KnobList list;
  const Document& song = app.document();
  if (const auto strip = strip_of(song, owner)) {
    add_device(list, strip->id, DeviceKind::strip, false);
    if (bus_number(song, owner) == 0)
      for (const int bus : buses_of(song))
        list.knobs.push_back({strip->id, find_param(DeviceKind::strip, bus_send_param(bus)), sound_name(app, bus_track(song, bus))});
  }
  if (const auto instrument = instrument_of(song, owner)) add_device(list, instrument->id, instrument->kind, true);
  for (const Effect& effect : effects_of(song, owner)) add_device(list, effect.id, effect.kind, true);
  for (AutomatedKnob& knob : list.knobs) {
    // Two effects of a kind: the second one's knobs say so.
    const int before = int(std::count(list.names.begin(), list.names.end(), knob.name));
    if (before) knob.name += " (" + std::to_string(before + 1) + ")";
    list.names.push_back(knob.name);
  }
  return list;
}

LaneState& lane_state() {
  static LaneState state;
  return state;
}

const AutomatedKnob* shown_knob(const KnobList& list) {
  for (const AutomatedKnob& knob : list.knobs)
    if (knob == lane_state().chosen) return &knob;
  return list.knobs.empty() ? nullptr : &list.knobs.front();
}

}  // namespace arietta::ui
