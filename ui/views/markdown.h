// The little of Markdown that our own texts use: headings, paragraphs, bullets and tables. Marks inside a line (bold, code,
// links) are taken off.   [any]
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace arietta::ui {

struct TextBlock {
  enum class Kind : unsigned char { kHeading, kParagraph, kBullet, kTable };
  Kind kind = Kind::kParagraph;
  int level = 0;                                 // of a heading, from 1
  std::string text;
  std::vector<std::vector<std::string>> rows;    // of a table; the first has the headings
};

std::vector<TextBlock> read_markdown(std::string_view text);

}  // namespace arietta::ui
