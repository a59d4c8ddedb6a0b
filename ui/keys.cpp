#include "ui/keys.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "ui/commands.h"
#include "ui/letter_piano.h"

namespace arietta::ui {
namespace {

bool is_letter(std::string_view chord) { return chord.size() == 1 && std::isalpha(uint8_t(chord[0])); }

bool names(std::string_view keys, std::string_view chord) {
  while (!keys.empty()) {
    const size_t space = keys.find(' ');
    if (keys.substr(0, space) == chord) return true;
    if (space == std::string_view::npos) break;
    keys.remove_prefix(space + 1);
  }
  return false;
}

// What is left of a command's keys when those that play are taken away.
std::string without_piano(const App& app, std::string_view keys) {
  std::string left;
  while (!keys.empty()) {
    const std::string_view chord = keys.substr(0, keys.find(' '));
    keys.remove_prefix(std::min(keys.size(), chord.size() + 1));
    bool plays = false;
    for (const PianoLetter& letter : letter_piano(app)) plays = plays || key_chord(letter.sign, 0) == chord;
    if (!plays) left += (left.empty() ? "" : " ") + std::string(chord);
  }
  return left;
}

}  // namespace

std::string_view piano_letter(const App& app, int key) {
  for (const PianoLetter& letter : letter_piano(app))
    if (letter.key == key) return letter.sign;
  return {};
}

std::string key_chord(std::string_view key, int mods) {
  std::string name(key == " " ? "Space" : key);
  // The shift that makes "?" is part of the sign; the one on a letter or an arrow is not.
  const bool sign = name.size() == 1 && !std::isalpha(uint8_t(name[0]));
  if (name.size() == 1) name[0] = char(std::tolower(uint8_t(name[0])));
  return std::string(mods & kCtrl ? "Ctrl+" : "") + (mods & kAlt ? "Alt+" : "") + (mods & kShift && !sign ? "Shift+" : "") + name;
}

std::string keys_of(const App& app, std::string_view command) {
  const std::string& changed = app.preferences().keys_json;
  if (!changed.empty()) {
    const auto json = nlohmann::json::parse(changed, nullptr, false);
    if (json.is_object()) {
      const auto it = json.find(std::string(command));
      if (it != json.end() && it->is_string()) return without_piano(app, it->get<std::string>());
    }
  }
  for (const Command& c : commands())
    if (c.name == command) return without_piano(app, c.keys);
  return {};
}

bool press_key(App& app, std::string_view code, std::string_view key, bool down, int mods, bool repeat) {
  const std::string chord = key_chord(key, mods);
  const bool dialog_open = app.dialog != Dialog::kNone;
  const bool letters = app.preferences().letter_keys && !dialog_open;
  // A key let go of after its letter became something else must not leave a note hanging.
  if (play_letter(app, code, down, repeat, letters && !(mods & (kCtrl | kAlt)))) return true;
  if (!down) return false;
  if (is_letter(chord) && !letters) return false;
  for (const Command& command : commands()) {
    if (dialog_open && !command.in_dialogs) continue;
    if (!names(keys_of(app, command.name), chord)) continue;
    const bool once = command.name == "toggle_play" || command.name == "toggle_note";
    if (!(repeat && once)) run_command(app, command.name);
    return true;
  }
  return false;
}

}  // namespace arietta::ui
