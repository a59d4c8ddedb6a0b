// The sound presets of presets.def as data: for the lists people choose from and for the tests that play every one.   [any]
#pragma once
#include <string_view>

#include "params/param_table.h"

namespace arietta {

// What a sound is for, in the order lists show them. Effects stand apart.
enum class PresetFamily : uint8_t {
  kKeys, kBass, kPads, kLeads, kPlucked, kBells, kOrgan, kStrings, kVoices, kDrums, kEffect,
};
inline constexpr int kPresetFamilies = int(PresetFamily::kEffect) + 1;

struct PresetSetting {
  uint16_t index;
  float plain;
};

struct Preset {
  DeviceKind device;
  uint16_t id;                              // unique within the device, never reused
  PresetFamily family;
  std::string_view name;
  span<const PresetSetting> settings;       // what differs from the parameters' defaults

  float value_of(const ParamInfo& param) const {
    for (const PresetSetting& setting : settings)
      if (setting.index == param.index) return setting.plain;
    return param.initial;
  }
};

// Every preset, in the order of the table.                                                      [any]
span<const Preset> all_presets();

}  // namespace arietta
