// The piano on the letter keys of a computer keyboard: which key, by where it is, plays what.   [main]
//   two rows     A W S E D F T G Y H U J K: white and black keys as on a piano, from C to C
//   one row      A S D F G H J K: the notes of the song's scale, from its key note on; none of them is wrong
//   right side   H U J I K L P ; [ ' ]: as two rows, for the right hand when the left one has the mouse
#pragma once
#include <string_view>
#include <vector>

#include "ui/app.h"

namespace arietta::ui {

struct PianoLetter {
  std::string_view code;                // the key's place: KeyboardEvent.code
  std::string_view sign;                // printed there on a US keyboard
  int key;                              // MIDI
};

// As chosen in the preferences, in the octave chosen; empty when letters do not play.
std::vector<PianoLetter> letter_piano(const App& app);

// A key went down or up. True when it plays; `playing` false: it may only end what it began.
bool play_letter(App& app, std::string_view code, bool down, bool repeat, bool playing);

}  // namespace arietta::ui
