// Which keys sound: held live, or written in the chosen track at the playhead. The piano and the grid's keys light up. [main]
#pragma once
#include <bitset>

#include "ui/views/note_index.h"

namespace arietta::ui {

using KeySet = std::bitset<128>;
KeySet sounding_keys(App& app, NoteIndex& notes);

}  // namespace arietta::ui
