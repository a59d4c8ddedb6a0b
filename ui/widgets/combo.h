// A choice from a list: shows what is chosen, opens the list when pressed. In the mirror a combobox.   [main]
#pragma once
#include <string>
#include <vector>

#include "ui/widgets/draw.h"

namespace arietta::ui {

struct Combo {
  std::string_view name;                                 // accessible name
  const std::vector<std::string>& options;
  int chosen = 0;                                        // -1: none of them
  const char* icon = nullptr;
  std::string_view shown = {};                           // instead of the chosen option's words
  // Groups of a long list: (index of the first option, heading), by index.
  const std::vector<std::pair<int, std::string>>* headings = nullptr;
  bool bare = false;                                     // no surface until the pointer is over it
};

// True when another option was chosen, by pointer or mirror; `chosen` has it then.
bool combo(Mirror& mirror, const Rect& r, Combo c, int& chosen);
bool combo_is_open();
void close_combo();                                      // Escape

}  // namespace arietta::ui
