// Names of keys and of General MIDI's drums. Source of the drum map: General MIDI System Level 1 (RP-003).   [any]
#pragma once
#include <string>
#include <string_view>

namespace arietta::ui {

std::string_view key_name(int key);                      // "C#4"; 60 is C4
std::string_view drum_name(int key);                     // "Snare"; the key's own name where the map has none
bool is_black_key(int key);

}  // namespace arietta::ui
