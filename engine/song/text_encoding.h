// Text of unknown encoding as UTF-8. MIDI files do not say how their texts are written: new ones are UTF-8, old ones
// whatever the maker's computer used. Told apart here: UTF-8, UTF-16 with a mark, Shift JIS, Windows-1251 (Cyrillic);
// all else is taken as Windows-1252.
// Sources: RFC 3629; JIS X 0208:1997 appendix 1; the Unicode consortium's tables of the Windows code pages.
#pragma once
#include <string>
#include <string_view>

namespace arietta {

enum class TextEncoding { kShiftJis, kWindows1251, kWindows1252 };

// What the texts of one file are in when they are not UTF-8; `texts` is all of them joined: more says more. [any]
TextEncoding guess_encoding(std::string_view texts);

// Valid UTF-8 stays as it is. Control characters become blanks.                                             [any]
std::string to_utf8(std::string_view text, TextEncoding fallback = TextEncoding::kWindows1252);
bool is_utf8(std::string_view text);
std::string trimmed(std::string_view text);

}  // namespace arietta
