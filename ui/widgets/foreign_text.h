// Names in scripts our fonts have no letters for (Chinese, Arabic, emoji ...): drawn as pictures the machine makes, which
// are kept while they are shown. Used by draw.h alone.   [main]
#pragma once
#include "ui/widgets/draw.h"

namespace arietta::ui {

bool is_foreign(std::string_view text, ImFont* font);    // a letter of it is in no font of ours
float foreign_width(std::string_view text, ImFont* font);
void write_foreign(const Rect& r, std::string_view text, ImFont* font, Color color, Align align);
float write_foreign_lines(const Rect& r, std::string_view text, ImFont* font, Color color, bool draw);

// The pictures are lost or of the wrong size: another context, other fonts.
void forget_foreign_text();

}  // namespace arietta::ui
