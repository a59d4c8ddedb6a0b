#include "ui/keys.h"

#include <cctype>

#include <nlohmann/json.hpp>

#include "ui/commands.h"

namespace arietta::ui {
namespace {

// Two rows of letters as white and black keys, by position on the keyboard; semitones above C.
struct PianoKey { std::string_view code; int semitone; };
constexpr PianoKey kPiano[] = {
    {"KeyA", 0}, {"KeyW", 1}, {"KeyS", 2}, {"KeyE", 3}, {"KeyD", 4}, {"KeyF", 5}, {"KeyT", 6}, {"KeyG", 7},
    {"KeyY", 8}, {"KeyH", 9}, {"KeyU", 10}, {"KeyJ", 11}, {"KeyK", 12},
};
constexpr float kLetterVelocity = 0.8f;      // computer keys do not know how hard they were hit

bool play_letter(App& app, std::string_view code, bool down, bool repeat) {
  for (const PianoKey& piano : kPiano) {
    if (piano.code != code) continue;
    const int key = (app.keyboard_octave() + 1) * 12 + piano.semitone;
    if (!down) app.key_up(key, kFromComputerKeys);
    else if (!repeat) app.key_down(key, kLetterVelocity, kFromComputerKeys);
    return true;
  }
  return false;
}

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

}  // namespace

std::string_view piano_letter(const App& app, int key) {
  if (!app.preferences().letter_keys) return {};
  for (const PianoKey& piano : kPiano)
    if (piano.semitone == key - (app.keyboard_octave() + 1) * 12) return piano.code.substr(3);
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
      if (it != json.end() && it->is_string()) return it->get<std::string>();
    }
  }
  for (const Command& c : commands())
    if (c.name == command) return std::string(c.keys);
  return {};
}

bool press_key(App& app, std::string_view code, std::string_view key, bool down, int mods, bool repeat) {
  const std::string chord = key_chord(key, mods);
  const bool dialog_open = app.dialog != Dialog::kNone;
  const bool letters = app.preferences().letter_keys && !dialog_open;
  if (letters && !(mods & (kCtrl | kAlt)) && play_letter(app, code, down, repeat)) return true;
  // A key let go of after its letter became something else must not leave a note hanging.
  if (!down) return play_letter(app, code, false, false);
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
