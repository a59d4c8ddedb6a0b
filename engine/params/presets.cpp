#include "params/presets.h"

#include <initializer_list>

namespace arietta {
namespace {

// Each entry's settings in a namespace of its own, where its device's parameters go by their short names.
#define PRESET(device, id, family, name, ...)                                  \
  namespace settings_of_##device##_##id {                                      \
    using namespace param::device;                                             \
    constexpr std::initializer_list<PresetSetting> kSettings = {__VA_ARGS__};  \
  }
#include "params/presets.def"
#undef PRESET

#define PRESET(device, id, family, name, ...)                     \
  {DeviceKind::device, id, PresetFamily::family, name,            \
   {settings_of_##device##_##id::kSettings.begin(), settings_of_##device##_##id::kSettings.size()}},
constexpr Preset kPresets[] = {
#include "params/presets.def"
};
#undef PRESET

}  // namespace

span<const Preset> all_presets() { return kPresets; }

}  // namespace arietta
