#include "params/presets.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "params/param_map.h"
#include "song/gm_names.h"

using namespace arietta;

TEST_CASE("Every preset has a number and a name of its own") {
  std::set<std::pair<int, int>> numbers;
  std::set<std::string_view> names;
  for (const Preset& preset : all_presets()) {
    CAPTURE(preset.name);
    CHECK(preset.id > 0);
    CHECK(numbers.insert({int(preset.device), preset.id}).second);
    CHECK_FALSE(preset.name.empty());
    CHECK(preset.name.size() <= 28);                       // fits a list on a phone
    const bool effect = find_device(preset.device)->category == Category::kEffect;
    CHECK(effect == (preset.family == PresetFamily::kEffect));
    if (effect) continue;                                  // a chorus and a flanger may both be called "Gentle"
    CHECK(names.insert(preset.name).second);
    for (std::string_view sampled : kGmNames) CHECK(preset.name != sampled);
  }
}

TEST_CASE("Presets set what their device has, once, to values in range and other than the default") {
  for (const Preset& preset : all_presets()) {
    CAPTURE(preset.name);
    std::set<int> seen;
    for (const PresetSetting& setting : preset.settings) {
      CAPTURE(setting.index);
      const ParamInfo* param = find_param(preset.device, setting.index);
      REQUIRE(param);
      CHECK(seen.insert(setting.index).second);
      CHECK(clamp_plain(*param, setting.plain) == setting.plain);
      CHECK(setting.plain != param->initial);
      if (param->curve == Curve::kSteps) CHECK(setting.plain == std::round(setting.plain));
    }
  }
}

TEST_CASE("No two presets of a device are the same sound") {
  for (const Preset& a : all_presets())
    for (const Preset& b : all_presets()) {
      if (&a == &b || a.device != b.device) continue;
      CAPTURE(a.name);
      CAPTURE(b.name);
      bool differ = false;
      for (const ParamInfo& param : params_of(a.device)) differ = differ || a.value_of(param) != b.value_of(param);
      CHECK(differ);
    }
}
