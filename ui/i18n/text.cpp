#include "ui/i18n/text.h"

namespace arietta::ui {

const char* tr(Text key) {
  static constexpr const char* kEnglish[] = {
#define TEXT(key, english) english,
#include "ui/i18n/strings.def"
#undef TEXT
  };
  return kEnglish[unsigned(key)];
}

std::string tr(Text key, std::string_view first, std::string_view second, std::string_view third) {
  std::string out;
  std::string_view rest = tr(key);
  for (std::string_view word : {first, second, third}) {
    const size_t hole = rest.find("{}");
    if (hole == std::string_view::npos) break;
    out.append(rest.substr(0, hole)).append(word);
    rest.remove_prefix(hole + 2);
  }
  return out.append(rest);
}

}  // namespace arietta::ui
