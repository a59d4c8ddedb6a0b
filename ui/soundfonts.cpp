#include "ui/soundfonts.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "song/ranges.h"

namespace arietta::ui {
namespace {

constexpr size_t kMaxPresets = 512;     // of one file: more is not a list any more
constexpr size_t kMaxNameCharacters = 60;

std::string text_in(const nlohmann::json& json, const char* name) {
  const auto it = json.find(name);
  return it != json.end() && it->is_string() ? first_characters(clean_text(it->get<std::string>()), kMaxNameCharacters) : std::string();
}

int number_in(const nlohmann::json& json, const char* name, int most) {
  const auto it = json.find(name);
  return it != json.end() && it->is_number_integer() ? int(std::clamp<int64_t>(it->get<int64_t>(), 0, most)) : 0;
}

SoundFontPreset read_preset(const nlohmann::json& json, const std::vector<SoundFontPreset>& others) {
  SoundFontPreset preset{number_in(json, "bank", 16383), number_in(json, "program", 127), text_in(json, "name")};
  const bool taken = std::any_of(others.begin(), others.end(), [&](const SoundFontPreset& other) { return other.name == preset.name; });
  if (taken || preset.name.empty()) {
    if (!preset.name.empty()) preset.name += ' ';
    preset.name += std::to_string(preset.bank) + ":" + std::to_string(preset.program);
  }
  return preset;
}

}  // namespace

const SoundFont* SoundFonts::add(std::string_view json_text) {
  static uint32_t last_revision = 0;
  const auto json = nlohmann::json::parse(json_text, nullptr, false);
  if (!json.is_object()) return nullptr;
  SoundFont font{text_in(json, "key"), text_in(json, "name"), {}};
  if (const auto presets = json.find("presets"); presets != json.end() && presets->is_array())
    for (const nlohmann::json& preset : *presets)
      if (preset.is_object() && font.presets.size() < kMaxPresets) font.presets.push_back(read_preset(preset, font.presets));
  if (font.key.empty() || font.presets.empty()) return nullptr;
  revision_ = ++last_revision;
  const auto old = std::find_if(fonts_.begin(), fonts_.end(), [&](const SoundFont& one) { return one.key == font.key; });
  if (old == fonts_.end()) return &fonts_.emplace_back(std::move(font));
  *old = std::move(font);
  return &*old;
}

const SoundFont* SoundFonts::find(std::string_view key) const {
  const auto it = std::find_if(fonts_.begin(), fonts_.end(), [&](const SoundFont& font) { return font.key == key; });
  return it == fonts_.end() ? nullptr : &*it;
}

}  // namespace arietta::ui
