#include "ui/views/instruments.h"

#include <cmath>
#include <unordered_set>

#include "icons.gen.h"
#include "song/gm_names.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

struct Setting { uint16_t index; float plain; };
struct Sound {                          // of the synth: what differs from the table's defaults
  Text name;
  std::vector<Setting> settings;
};

const std::vector<Sound>& synth_sounds() {
  namespace p = param::poly_synth;
  static const std::vector<Sound> sounds = {
      {Text::kSynthPlain, {}},
      {Text::kSynthPad, {{p::detune, 14}, {p::cutoff_hz, 1400}, {p::resonance, 0.1f}, {p::env_amount, 1}, {p::filter_decay_s, 3},
                         {p::attack_s, 0.6f}, {p::sustain, 0.85f}, {p::release_s, 1.2f}, {p::vibrato, 4}}},
      {Text::kSynthLead, {{p::shape, 1}, {p::detune, 12}, {p::cutoff_hz, 5200}, {p::resonance, 0.25f}, {p::env_amount, 1.2f},
                          {p::sustain, 0.8f}, {p::vibrato, 10}, {p::release_s, 0.15f}}},
      {Text::kSynthBass, {{p::detune, 4}, {p::sub_db, -8}, {p::cutoff_hz, 420}, {p::resonance, 0.2f}, {p::env_amount, 2.5f},
                          {p::filter_decay_s, 0.18f}, {p::decay_s, 0.4f}, {p::sustain, 0.6f}, {p::release_s, 0.08f}}},
      {Text::kSynthPluck, {{p::detune, 6}, {p::cutoff_hz, 900}, {p::env_amount, 3.5f}, {p::filter_decay_s, 0.12f}, {p::attack_s, 0.001f},
                           {p::decay_s, 0.35f}, {p::sustain, 0}, {p::release_s, 0.25f}}},
      {Text::kSynthGlass, {{p::shape, 2}, {p::detune, 3}, {p::cutoff_hz, 9000}, {p::env_amount, 0}, {p::attack_s, 0.002f},
                           {p::decay_s, 1.4f}, {p::sustain, 0}, {p::release_s, 1}}},
      {Text::kSynthWide, {{p::detune, 28}, {p::cutoff_hz, 7000}, {p::resonance, 0.1f}, {p::env_amount, 0.5f}, {p::sustain, 0.9f},
                          {p::release_s, 0.35f}}},
  };
  return sounds;
}

// Options stand in this order; then come the presets of all dropped SoundFonts, then one that is missing.
int drum_kit_option() { return int(synth_sounds().size()); }
int gm_drums_option() { return drum_kit_option() + 1; }
int first_gm_option() { return gm_drums_option() + 1; }
int first_own_option() { return first_gm_option() + int(std::size(kGmNames)); }

// The value a sound gives a parameter: its own, or the table's default.
float value_in(const Sound& sound, const ParamInfo& param) {
  for (const Setting& setting : sound.settings)
    if (setting.index == param.index) return setting.plain;
  return param.initial;
}

bool same(float a, float b) { return std::fabs(a - b) <= 1e-4f * std::max(1.f, std::fabs(a)); }

// Which sound the knobs stand on; the plain one when a person has turned them elsewhere.
int synth_sound(const App& app, Id device) {
  for (size_t i = 0; i < synth_sounds().size(); ++i) {
    bool all = true;
    for (const ParamInfo& param : params_of(DeviceKind::poly_synth))
      all = all && same(param_of(app.document(), device, param.index), value_in(synth_sounds()[i], param));
    if (all) return int(i);
  }
  return 0;
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
  for (const Sound& sound : synth_sounds()) list.options.push_back(tr(sound.name));
  list.options.push_back(tr(Text::kDrumKit));
  list.options.push_back(tr(Text::kSampledDrums));
  for (std::string_view name : kGmNames) list.options.emplace_back(name);
  list.headings = {{0, tr(Text::kBuiltIn)}, {drum_kit_option(), tr(Text::kDrums)}};
  for (int family = 0; family < 16; ++family) list.headings.emplace_back(first_gm_option() + 8 * family, std::string(kGmFamilies[family]));
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
  switch (device->kind) {
    case DeviceKind::poly_synth: return synth_sound(app, device->id);
    case DeviceKind::drum_kit: return drum_kit_option();
    case DeviceKind::soundfont:
      if (!device->soundfont.empty()) return own_option(app, *device);
      return device->bank == kDrumBank ? gm_drums_option() : first_gm_option() + (device->program & 127);
    default: return -1;
  }
}

std::string_view instrument_label(const App& app, Id track) {
  const int option = instrument_of_track(app, track);
  return option < 0 ? std::string_view() : std::string_view(instruments_for(app, track).options[size_t(option)]);
}

const char* instrument_icon(const App& app, Id track) {
  const auto device = instrument_of(app.document(), track);
  if (!device) return kIconMusic;
  if (is_drum_track(app.document(), track)) return kIconDrum;
  if (device->kind == DeviceKind::poly_synth) return kIconAudioWaveform;
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
  if (option < drum_kit_option()) {
    set_instrument(app.document(), ops, track, DeviceKind::poly_synth, 0, 0);
    app.edit(ops, tr(Text::kEditInstrument));
    ops.clear();
    const Sound& sound = synth_sounds()[size_t(option)];
    for (const ParamInfo& param : params_of(DeviceKind::poly_synth))
      if (!same(param_of(app.document(), device->id, param.index), value_in(sound, param)))
        set_param(app.document_for_ids(), ops, device->id, param.index, value_in(sound, param));
  } else if (option == drum_kit_option()) {
    set_instrument(app.document(), ops, track, DeviceKind::drum_kit, 0, 0);
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
