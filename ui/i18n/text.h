// Every visible word, by key, in the interface's language.   [any]
#pragma once
#include <string>
#include <string_view>

namespace arietta::ui {

enum class Text : unsigned short {
#define TEXT(key, english) key,
#include "ui/i18n/strings.def"
#undef TEXT
};

const char* tr(Text key);
// With "{}" replaced, in order.
std::string tr(Text key, std::string_view first, std::string_view second = {}, std::string_view third = {});

}  // namespace arietta::ui
