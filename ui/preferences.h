// What a person chose for the screen, kept on the device and not in the song.   [main]
#pragma once
#include <string>
#include <string_view>

#include "ui/theme/tokens.h"

namespace arietta::ui {

enum class LetterPiano : uint8_t { kTwoRows, kOneRow, kRightSide };   // which letters play which notes: letter_piano.h

struct Preferences {
  enum class Look : uint8_t { kAutomatic, kDark, kLight, kHighContrast };
  Look look = Look::kAutomatic;
  float scale = 1;                      // 1 to 2
  int reduced_motion = -1;              // -1: as the device says
  bool letter_keys = true;              // single letters play notes and do things
  LetterPiano letter_piano = LetterPiano::kTwoRows;
  bool safe_sound = false;              // longer buffers: for machines that crackle
  bool author_colors = false;           // notes by who wrote them instead of by pitch
  float adventurous = 0.5f, busy = 0.5f, like_me = 0.5f;   // wishes to the melody model, 0 to 1; like_me 0: off
  float master_lufs = -14;              // what Master brings a song to: where most places that stream play it
  std::string keys_json;                // re-mapped keys, see keys.h

  // What the device says, from ui_start.
  bool device_light = false, device_contrast = false, device_reduced_motion = false;

  ThemeName theme() const;
  bool less_motion() const { return reduced_motion < 0 ? device_reduced_motion : reduced_motion == 1; }
  std::string to_json() const;
  void from_json(std::string_view json);   // takes what it understands
};

}  // namespace arietta::ui
