#include "ui/effects.h"

#include <algorithm>
#include <cmath>

#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

// A room in a chain is blended in; on a bus it is all there is.
constexpr float kRoomInChain = 0.3f;

DeviceKind kind_of(const App& app, Id device) {
  const Entity* entity = app.document().find(device);
  return entity ? DeviceKind(entity->integer(field::device::device_kind)) : DeviceKind::none;
}

std::string_view label_of(const App& app, Id effect) {
  const DeviceInfo* info = find_device(kind_of(app, effect));
  return info ? info->label : std::string_view();
}

// What the values of a preset are compared by: as the song keeps them.
bool same(float a, float b) { return std::fabs(a - b) <= 2e-3f * std::max(0.1f, std::fabs(a)); }

}  // namespace

std::string sound_name(const App& app, Id owner) {
  if (owner == kSongId) return tr(Text::kMaster);
  const Entity* track = app.document().find(owner);
  std::string name(track ? track->text(field::track::name) : std::string_view());
  if (!name.empty()) return name;
  if (const int number = bus_number(app.document(), owner)) return tr(Text::kBusNumber, std::to_string(number));
  const std::vector<Id>& tracks = app.document().children(kSongId, Kind::track);
  return tr(Text::kTrackNumber, std::to_string(std::find(tracks.begin(), tracks.end(), owner) - tracks.begin() + 1));
}

Id add_effect(App& app, Id owner, DeviceKind kind) {
  const std::string step = tr(Text::kEditAddEffect, find_device(kind)->label);
  Ops ops;
  const Id effect = arietta::add_effect(app.document_for_ids(), ops, owner, kind);
  if (!effect) {
    app.fail(tr(Text::kChainFull, std::to_string(kMaxEffects)));
    return 0;
  }
  app.begin_gesture(step);
  app.edit(ops, step);
  if (kind == DeviceKind::reverb && bus_number(app.document(), owner) == 0) {
    Ops blend;
    set_param(app.document_for_ids(), blend, effect, param::reverb::mix, kRoomInChain);
    app.edit(blend, step);
  }
  app.end_gesture();
  return effect;
}

void remove_effect(App& app, Id effect) {
  Ops ops;
  const std::string step = tr(Text::kEditRemoveEffect, label_of(app, effect));
  remove(ops, effect, Kind::device);
  app.edit(ops, step);
}

void move_effect(App& app, Id owner, Id effect, int by) {
  const std::vector<Effect> effects = effects_of(app.document(), owner);
  for (size_t i = 0; i < effects.size(); ++i) {
    if (effects[i].id != effect) continue;
    Ops ops;
    arietta::move_effect(app.document(), ops, owner, effect, int(i) + by);
    if (!ops.empty()) app.edit(ops, tr(Text::kEditMoveEffect, label_of(app, effect)));
    return;
  }
}

void set_effect_on(App& app, Id effect, bool on) {
  Ops ops;
  set_field(ops, effect, Kind::device, field::device::bypass, int64_t(!on));
  app.edit(ops, tr(Text::kEditEffectOn, label_of(app, effect)));
}

void set_side_chain(App& app, Id effect, Id track) {
  Ops ops;
  arietta::set_side_chain(app.document(), ops, effect, track);
  app.edit(ops, tr(Text::kEditListensTo, label_of(app, effect)));
}

void add_bus(App& app) {
  if (app.document().children(kSongId, Kind::track).size() >= size_t(kMaxTracks))
    return app.fail(tr(Text::kTooManyTracks, std::to_string(kMaxTracks)));
  const std::vector<int> used = buses_of(app.document());
  int number = 1;
  while (std::find(used.begin(), used.end(), number) != used.end()) ++number;
  Ops ops;
  const Id bus = arietta::add_bus(app.document_for_ids(), ops, tr(Text::kBusNumber, std::to_string(number)));
  if (!bus) return app.fail(tr(Text::kTooManyBuses, std::to_string(kMaxBuses)));
  app.begin_gesture(tr(Text::kEditAddBus));
  app.edit(ops, tr(Text::kEditAddBus));
  ops.clear();
  set_param(app.document_for_ids(), ops, strip_of(app.document(), bus)->id, param::strip::reverb_db,
            find_param(DeviceKind::strip, param::strip::reverb_db)->min);    // what comes here has been in the room already
  app.edit(ops, tr(Text::kEditAddBus));
  app.end_gesture();
  app.choose_sound(bus);
}

std::vector<const Preset*> effect_presets(DeviceKind kind) {
  std::vector<const Preset*> presets;
  for (const Preset& preset : all_presets())
    if (preset.device == kind && preset.family == PresetFamily::kEffect) presets.push_back(&preset);
  return presets;
}

int preset_of_effect(const App& app, Id effect, DeviceKind kind) {
  const std::vector<const Preset*> presets = effect_presets(kind);
  for (size_t i = 0; i < presets.size(); ++i) {
    const span<const ParamInfo> params = params_of(kind);
    const bool stands = std::all_of(params.begin(), params.end(), [&](const ParamInfo& param) {
      return same(presets[i]->value_of(param), param_of(app.document(), effect, param.index));
    });
    if (stands) return int(i);
  }
  return -1;
}

void choose_preset(App& app, Id effect, const Preset& preset) {
  Ops ops;
  for (const ParamInfo& param : params_of(preset.device))
    if (param_of(app.document(), effect, param.index) != preset.value_of(param))
      set_param(app.document_for_ids(), ops, effect, param.index, preset.value_of(param));
  if (!ops.empty()) app.edit(ops, tr(Text::kEditEffectPreset));
}

}  // namespace arietta::ui
