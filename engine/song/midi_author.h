// Who wrote which note, in a MIDI file: text events that other programs keep and show as text.
//   in each track   arietta:author COUNT CRC RUN...       runs over the notes by start, then key: "12*0 4*2 3*2e"
//                                                         is twelve by author 0, four by 2, three by 2 that were changed
//   in the first    arietta:author-name NUMBER NAME
// COUNT and CRC (of the keys, in that order) tell whether the notes are still those the runs were written for: if
// another program changed them, they count as imported, like all notes of files without marks.   [main]
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "song/edit.h"

namespace arietta {

// `notes` in song time. "" when every note is imported and unchanged: what a reader thinks anyway.
std::string author_mark(std::vector<Note> notes);
std::string author_name_mark(int number, std::string_view name);

struct AuthorName { int number; std::string name; };

bool is_author_mark(std::string_view text);                      // either of them, well formed
std::optional<AuthorName> read_author_name(std::string_view text);
// Gives the notes of a part their authors; false, and no change, when the mark is not about them.
bool apply_author_mark(std::string_view text, std::vector<Note>& notes);

}  // namespace arietta
