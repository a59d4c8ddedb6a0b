#include "ui/views/instruments.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "icons.gen.h"
#include "params/param_map.h"
#include "params/presets.h"
#include "song/gm_names.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

constexpr Text kFamilyNames[] = {
    Text::kFamilyKeys, Text::kFamilyBass, Text::kFamilyPads, Text::kFamilyLeads, Text::kFamilyPlucked, Text::kFamilyBells,
    Text::kFamilyOrgan, Text::kFamilyStrings, Text::kFamilyVoices, Text::kFamilyDrums,
};
static_assert(std::size(kFamilyNames) == size_t(PresetFamily::kEffect));

// The presets of instruments, family by family.
const std::vector<const Preset*>& sounds() {
  static const std::vector<const Preset*> all = [] {
    std::vector<const Preset*> list;
    for (const Preset& preset : all_presets())
      if (preset.family != PresetFamily::kEffect) list.push_back(&preset);
    std::stable_sort(list.begin(), list.end(), [](const Preset* a, const Preset* b) { return a->family < b->family; });
    return list;
  }();
  return all;
}

// Options stand in this order; then come the presets of all dropped SoundFonts, then one that is missing.
int gm_drums_option() { return int(sounds().size()); }
int first_gm_option() { return gm_drums_option() + 1; }
int first_own_option() { return first_gm_option() + int(std::size(kGmNames)); }

bool same(float a, float b) { return std::fabs(a - b) <= 1e-4f * std::max(1.f, std::fabs(a)); }

// The sound the knobs stand on, or the one they are nearest to when a person has turned some: by how far each would turn.
int nearest_sound(const App& app, const DeviceRef& device) {
  float places[kMaxParams];
  const span<const ParamInfo> params = params_of(device.kind);
  for (const ParamInfo& param : params) places[param.index] = to_position(param, param_of(app.document(), device.id, param.index));
  int nearest = -1;
  float least = 0;
  for (size_t i = 0; i < sounds().size(); ++i) {
    const Preset& sound = *sounds()[i];
    if (sound.device != device.kind) continue;
    float away = 0;
    for (const ParamInfo& param : params) away += std::fabs(places[param.index] - to_position(param, sound.value_of(param)));
    if (nearest < 0 || away < least) nearest = int(i), least = away;
  }
  return nearest;
}

const char* preset_icon(const App& app, const DeviceRef& device) {
  const int sound = nearest_sound(app, device);
  if (sound < 0) return kIconMusic;
  switch (sounds()[size_t(sound)]->family) {
    case PresetFamily::kKeys: case PresetFamily::kOrgan: return kIconKeyboardMusic;
    case PresetFamily::kPlucked: case PresetFamily::kStrings: return kIconGuitar;
    case PresetFamily::kVoices: return kIconMusic;
    default: return kIconAudioWaveform;
  }
}

struct OwnPreset { const SoundFont* font = nullptr; const SoundFontPreset* preset = nullptr; };

// What an option at or after first_own_option() stands for; nothing for a SoundFont that is missing.
OwnPreset own_preset(const App& app, int option) {
  size_t at = size_t(option - first_own_option());
  for (const SoundFont& font : app.soundfonts.all()) {
    if (at < font.presets.size()) return {&font, &font.presets[at]};
    at -= font.presets.size();
  }
  return {};
}

// The option of a preset of a dropped file; past the last one when the file, or the preset in it, is not there.
int own_option(const App& app, const DeviceRef& device) {
  int option = first_own_option();
  for (const SoundFont& font : app.soundfonts.all())
    for (const SoundFontPreset& preset : font.presets) {
      if (font.key == device.soundfont && preset.bank == device.bank && preset.program == device.program) return option;
      ++option;
    }
  return option;
}

InstrumentList usual_instruments() {
  InstrumentList list;
  for (const Preset* sound : sounds()) {
    const char* family = tr(kFamilyNames[size_t(sound->family)]);
    if (list.headings.empty() || list.headings.back().second != family) list.headings.emplace_back(int(list.options.size()), family);
    list.options.emplace_back(sound->name);
  }
  list.options.push_back(tr(Text::kSampledDrums));
  for (std::string_view name : kGmNames) list.options.emplace_back(name);
  for (int family = 0; family < 16; ++family)
    list.headings.emplace_back(first_gm_option() + 8 * family, tr(Text::kSampledFamily, kGmFamilies[family]));
  return list;
}

void add_soundfonts(InstrumentList& list, span<const SoundFont> fonts) {
  std::unordered_set<std::string> taken(list.options.begin(), list.options.end());
  for (const SoundFont& font : fonts) {
    list.headings.emplace_back(int(list.options.size()), font.name);
    for (const SoundFontPreset& preset : font.presets) {
      std::string name = preset.name;
      if (!taken.insert(name).second) taken.insert(name += " (" + font.name + ")");
      list.options.push_back(std::move(name));
    }
  }
}

}  // namespace

const InstrumentList& instruments_for(const App& app, Id track) {
  static InstrumentList list;
  static uint32_t revision = 0;
  static bool made = false, has_missing = false;
  if (has_missing) {
    list.options.pop_back();
    list.headings.pop_back();
  }
  if (!made || revision != app.soundfonts.revision()) {
    list = usual_instruments();
    add_soundfonts(list, app.soundfonts.all());
    made = true;
    revision = app.soundfonts.revision();
  }
  const auto device = instrument_of(app.document(), track);
  has_missing = device && !device->soundfont.empty() && own_option(app, *device) == int(list.options.size());
  if (has_missing) {
    list.headings.emplace_back(int(list.options.size()), tr(Text::kNotOnThisDevice));
    list.options.push_back(device->soundfont_name.empty() ? tr(Text::kOwnSoundFont) : device->soundfont_name);
  }
  return list;
}

int instrument_of_track(const App& app, Id track) {
  const auto device = instrument_of(app.document(), track);
  if (!device) return -1;
  if (device->kind != DeviceKind::soundfont) return nearest_sound(app, *device);
  if (!device->soundfont.empty()) return own_option(app, *device);
  return device->bank == kDrumBank ? gm_drums_option() : first_gm_option() + (device->program & 127);
}

std::string_view instrument_label(const App& app, Id track) {
  const int option = instrument_of_track(app, track);
  return option < 0 ? std::string_view() : std::string_view(instruments_for(app, track).options[size_t(option)]);
}

const char* instrument_icon(const App& app, Id track) {
  const auto device = instrument_of(app.document(), track);
  if (!device) return kIconMusic;
  if (device->kind == DeviceKind::audio) return kIconMic;
  if (is_drum_track(app.document(), track)) return kIconDrum;
  if (device->kind != DeviceKind::soundfont) return preset_icon(app, *device);
  if (!device->soundfont.empty()) return kIconMusic;
  switch (device->program / 8) {
    case 0: return kIconPiano;
    case 2: return kIconKeyboardMusic;
    case 3: case 4: return kIconGuitar;
    case 7: case 8: case 9: return kIconWind;
    case 10: case 11: case 12: return kIconAudioWaveform;
    case 14: return kIconDrum;
    default: return kIconMusic;
  }
}

void choose_instrument(App& app, Id track, int option) {
  const auto device = instrument_of(app.document(), track);
  const OwnPreset own = option >= first_own_option() ? own_preset(app, option) : OwnPreset();
  if (!device || option < 0 || (option >= first_own_option() && !own.preset)) return;
  app.all_keys_up();                    // what is held would never hear its end
  app.begin_gesture(tr(Text::kEditInstrument));
  Ops ops;
  if (option < gm_drums_option()) {
    const Preset& sound = *sounds()[size_t(option)];
    const bool keeps = sound.device == DeviceKind::sampler && device->kind == DeviceKind::sampler;      // the sound it plays
    set_instrument(app.document(), ops, track, sound.device, 0, 0, keeps ? device->soundfont : "", keeps ? device->soundfont_name : "");
    app.edit(ops, tr(Text::kEditInstrument));
    ops.clear();
    for (const ParamInfo& param : params_of(sound.device))
      if (!same(param_of(app.document(), device->id, param.index), sound.value_of(param)))
        set_param(app.document_for_ids(), ops, device->id, param.index, sound.value_of(param));
  } else if (option == gm_drums_option()) {
    set_instrument(app.document(), ops, track, DeviceKind::soundfont, 0, kDrumBank);
  } else if (!own.preset) {
    set_instrument(app.document(), ops, track, DeviceKind::soundfont, option - first_gm_option(), 0);
  } else {
    set_instrument(app.document(), ops, track, DeviceKind::soundfont, own.preset->program, own.preset->bank, own.font->key, own.font->name);
  }
  app.edit(ops, tr(Text::kEditInstrument));
  app.end_gesture();
}

}  // namespace arietta::ui
