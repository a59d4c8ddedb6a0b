#include "ui/views/markdown.h"

#include <algorithm>

namespace arietta::ui {
namespace {

constexpr size_t kMostColumns = 12;

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`' || text.substr(i, 2) == "**") {
      i += text[i] == '*';
      continue;
    }
    if (text[i] == '[') {                        // [words](address): the words
      const size_t end = text.find(']', i);
      if (end != std::string_view::npos && text.substr(end, 2) == "](") {
        const size_t close = text.find(')', end);
        if (close != std::string_view::npos) {
          out += text.substr(i + 1, end - i - 1);
          i = close;
          continue;
        }
      }
    }
    out += text[i];
  }
  return out;
}

std::vector<std::string> cells(std::string_view line) {
  line = trim(line);
  line.remove_prefix(1);
  if (!line.empty() && line.back() == '|') line.remove_suffix(1);
  std::vector<std::string> row;
  while (row.size() < kMostColumns) {
    const size_t bar = line.find('|');
    row.push_back(plain(trim(line.substr(0, bar))));
    if (bar == std::string_view::npos) break;
    line.remove_prefix(bar + 1);
  }
  return row;
}

bool is_rule(std::string_view line) { return line.find_first_not_of("|-: ") == std::string_view::npos; }

}  // namespace

std::vector<TextBlock> read_markdown(std::string_view text) {
  using Kind = TextBlock::Kind;
  std::vector<TextBlock> blocks;
  bool joined = false;                           // the next line goes on with the last block
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const size_t hashes = std::min(line.find_first_not_of('#'), line.size());
    if (line.empty()) {
      joined = false;
    } else if (hashes > 0 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ') {
      blocks.push_back({Kind::kHeading, int(hashes), plain(trim(line.substr(hashes))), {}});
      joined = false;
    } else if (line.front() == '|') {
      if (!joined || blocks.back().kind != Kind::kTable) blocks.push_back({Kind::kTable, 0, {}, {}});
      if (!is_rule(line)) blocks.back().rows.push_back(cells(line));
      joined = true;
    } else if (line.size() > 2 && (line.substr(0, 2) == "- " || line.substr(0, 2) == "* ")) {
      blocks.push_back({Kind::kBullet, 0, plain(trim(line.substr(2))), {}});
      joined = true;
    } else if (joined && blocks.back().kind != Kind::kTable) {
      blocks.back().text += " " + plain(line);
    } else {
      blocks.push_back({Kind::kParagraph, 0, plain(line), {}});
      joined = true;
    }
  }
  std::erase_if(blocks, [](const TextBlock& block) { return block.kind == Kind::kTable && block.rows.empty(); });
  return blocks;
}

}  // namespace arietta::ui
