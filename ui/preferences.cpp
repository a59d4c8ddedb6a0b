#include "ui/preferences.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "ui/a11y/json_text.h"

namespace arietta::ui {

ThemeName Preferences::theme() const {
  switch (look) {
    case Look::kDark: return ThemeName::kDark;
    case Look::kLight: return ThemeName::kLight;
    case Look::kHighContrast: return ThemeName::kHighContrast;
    case Look::kAutomatic: break;
  }
  return device_contrast ? ThemeName::kHighContrast : device_light ? ThemeName::kLight : ThemeName::kDark;
}

std::string Preferences::to_json() const {
  std::string out;
  JsonText json(out);
  json.open_object();
  json.member("look", int(look)).member("scale", scale).member("reducedMotion", reduced_motion);
  json.member("letterKeys", letter_keys).member("letterPiano", int(letter_piano)).member("latency", std::string_view(safe_sound ? "safe" : "low"));
  json.member("authorColors", author_colors).member("adventurous", adventurous).member("busy", busy).member("likeMe", like_me).member("masterLufs", master_lufs);
  if (!keys_json.empty()) json.key("keys").raw(keys_json);
  json.close_object();
  return out;
}

void Preferences::from_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return;
  const auto number = [&](const char* name, double otherwise) {
    const auto it = json.find(name);
    return it != json.end() && it->is_number() ? it->get<double>() : otherwise;
  };
  const auto boolean = [&](const char* name, bool otherwise) {
    const auto it = json.find(name);
    return it != json.end() && it->is_boolean() ? it->get<bool>() : otherwise;
  };
  look = Look(std::clamp(int(number("look", int(look))), 0, 3));
  scale = float(std::clamp(number("scale", scale), 1.0, 2.0));
  reduced_motion = std::clamp(int(number("reducedMotion", reduced_motion)), -1, 1);
  letter_keys = boolean("letterKeys", letter_keys);
  letter_piano = LetterPiano(std::clamp(int(number("letterPiano", int(letter_piano))), 0, 2));
  author_colors = boolean("authorColors", author_colors);
  adventurous = float(std::clamp(number("adventurous", adventurous), 0.0, 1.0));
  busy = float(std::clamp(number("busy", busy), 0.0, 1.0));
  master_lufs = float(std::clamp(number("masterLufs", master_lufs), -30.0, -6.0));
  like_me = float(std::clamp(number("likeMe", like_me), 0.0, 1.0));
  if (const auto it = json.find("latency"); it != json.end()) safe_sound = *it == "safe";
  if (const auto it = json.find("keys"); it != json.end() && it->is_object()) keys_json = it->dump();
}

}  // namespace arietta::ui
