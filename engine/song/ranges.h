// What values the fields of a song may have. A document never holds anything else, whoever sent it: numbers are
// brought into their range, texts are valid UTF-8 of bounded length.   [any]
#pragma once
#include <string>
#include <string_view>

#include "song/op.h"

namespace arietta {

inline constexpr Tick kMaxTick = Tick(1) << 30;          // 12 days at 60 quarters a minute
inline constexpr size_t kMaxTextBytes = 64 * 1024;
inline constexpr size_t kMaxTitleCharacters = 80;        // of a title that comes in a link

// Brings a value into the range of its field; false when it cannot be one (a text for a number, not a number).
// Fields this program does not know take any value.
bool clean_value(Kind kind, FieldKey key, Value& value);

// What a field has before anybody sets it. Text that is empty stands for "unset" in fields we do not know.
Value initial_value(Kind kind, FieldKey key);

// Valid UTF-8: what is broken becomes U+FFFD. Cut at a character boundary, never longer than `max_bytes`.
std::string clean_text(std::string_view text, size_t max_bytes = kMaxTextBytes);
std::string first_characters(std::string_view valid_text, size_t count);

}  // namespace arietta
