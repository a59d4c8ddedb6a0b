// Buttons: with words, with an icon, or both. Each is in the mirror under its name and works from there.   [main]
#pragma once
#include "ui/widgets/draw.h"

namespace arietta::ui {

enum class Look : uint8_t {
  kQuiet,      // no surface until the pointer is over it: toolbars
  kPlain,      // raised surface
  kSoft,       // the accent, quietly: what stands out in a row without shouting
  kAccent,     // the one thing most people want here
  kDanger,
};

struct Button {
  std::string_view name;              // accessible name; a contract, see docs of the mirror
  const char* icon = nullptr;
  std::string_view words = {};        // on the button; may be shorter than the name
  Look look = Look::kQuiet;
  int pressed = -1;                   // 0 or 1: a button that stays in
  bool disabled = false;
  std::string_view help = {};
  std::string_view key = {};          // mirror id when the name changes
  Color tint = 0;                     // of the icon and words when pressed; 0: accent
};

// True when pressed by pointer, key or mirror.
bool button(Mirror& mirror, const Rect& r, const Button& b);

// A switch with words; in the mirror a checkbox. `icon` in place of the words on narrow strips. True when toggled.
bool checkbox(Mirror& mirror, const Rect& r, std::string_view name, bool on, const char* icon = nullptr,
              std::string_view words = {}, Color tint = 0);

// Width that shows the whole button.
float button_width(const Button& b);

}  // namespace arietta::ui
