// A parameter's value as people read it ("1.2 kHz", "−6 dB", "L 30"), hear it ("minus 6 decibels") and type it.
// The writers fill the caller's buffer and return what they wrote, so they may be used anywhere.   [any]
#pragma once
#include <string_view>

#include "params/param_table.h"

namespace arietta {

inline constexpr size_t kParamTextSize = 48;

// The names a parameter chooses among, by its value; empty for one that does not.           [any]
span<const std::string_view> param_choices(const ParamInfo& param);

// Short, with the unit's sign, for the screen.                                            [any]
std::string_view param_text(const ParamInfo& param, float plain, span<char> out);
// In full words, for a screen reader.                                                     [any]
std::string_view param_words(const ParamInfo& param, float plain, span<char> out);
// Reads what param_text writes and what people type instead: "1200", "1.2k", "-6", "30 left". False when it is not
// a value; a value out of range is moved to the nearest end.                              [any]
bool parse_param(const ParamInfo& param, std::string_view text, float& plain);

}  // namespace arietta
