// A line of text a person can change. It is drawn here; the typing happens in the mirror's own <input>, which the page
// lays over it, so that IME, phone keyboards and dictation work.   [main]
#pragma once
#include "ui/widgets/draw.h"

namespace arietta::ui {

struct TextField {
  std::string_view name;                 // accessible name
  std::string_view placeholder = {};     // shown while it is empty
  ImFont* font = nullptr;                // nullptr: the text font
  bool bare = false;                     // no surface until the pointer is over it
  Align align = Align::kLeft;
};

// True when the text changed.
bool text_field(Mirror& mirror, const Rect& r, const TextField& field, std::string& text);

}  // namespace arietta::ui
