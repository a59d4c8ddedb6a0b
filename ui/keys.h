// Which key does what. Keys arrive from the page (ui_key); the table of commands.h can be re-mapped by the person
// (Preferences::keys_json: {"loop":"Ctrl+l", …}), and single letters can be switched off, because screen readers and voice
// control use them too (WCAG 2.1.4).
//
// A key is written with its modifiers: "Space", "Ctrl+z", "Shift+ArrowUp", "?". Ctrl is also command. Letters stand for
// what is printed on the key; the piano on the letters (letter_piano.h) goes by where the key is.   [main]
#pragma once
#include <string>
#include <string_view>

#include "ui/app.h"

namespace arietta::ui {

enum KeyMods : int { kShift = 1, kCtrl = 2, kAlt = 4 };

// True when the studio used the key.
bool press_key(App& app, std::string_view code, std::string_view key, bool down, int mods, bool repeat);

// The letter that plays a MIDI key now, as it is printed on a US keyboard; "" when none does.
std::string_view piano_letter(const App& app, int key);

std::string key_chord(std::string_view key, int mods);
// The keys that do a command now, separated by spaces; a letter that plays a note does nothing else.
std::string keys_of(const App& app, std::string_view command);

}  // namespace arietta::ui
