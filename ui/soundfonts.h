// The SoundFont files a person has dropped into this studio, as the page keeps them on this device: what they are called
// and which presets they have. Their bytes never come here.   [main]
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/types.h"

namespace arietta::ui {

struct SoundFontPreset {
  int bank = 0, program = 0;
  std::string name;                     // as a list shows it: not empty, unlike any other of the file
};

struct SoundFont {
  std::string key;                      // hash of the file's bytes; what the song says
  std::string name;                     // of the file
  std::vector<SoundFontPreset> presets;
};

class SoundFonts {
 public:
  // {"key", "name", "presets": [{"bank", "program", "name"}, ...]}; takes the place of an older one with its key.
  // The file as it is now known; nullptr: there is nothing usable in it.
  const SoundFont* add(std::string_view json);
  const SoundFont* find(std::string_view key) const;
  span<const SoundFont> all() const { return fonts_; }
  uint32_t revision() const { return revision_; }        // another one for every change, in every studio

 private:
  std::vector<SoundFont> fonts_;
  uint32_t revision_ = 0;
};

}  // namespace arietta::ui
