#include "ui/views/about_model.h"

#include <algorithm>
#include <numeric>

#include "ui/i18n/text.h"
#include "ui/views/markdown.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kWidth = 720, kBullet = 18, kCell = 6;

float longest_word(std::string_view words) {
  float longest = 0;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    longest = std::max(longest, text_width(word, font_small()));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return longest;
}

// Wide enough for the longest cell of each column; when that is too much, at least for the longest word.
std::vector<float> column_widths(const TextBlock& table, float width) {
  size_t columns = 0;
  for (const auto& row : table.rows) columns = std::max(columns, row.size());
  std::vector<float> least(columns, 0.f), wanted(columns, 0.f);
  for (const auto& row : table.rows)
    for (size_t i = 0; i < row.size(); ++i) {
      constexpr float kRoom = 2 * kCell + 1;
      least[i] = std::max(least[i], longest_word(row[i]) + kRoom);
      wanted[i] = std::max(wanted[i], text_width(row[i], font_small()) + kRoom);
    }
  const float all_least = std::accumulate(least.begin(), least.end(), 0.f), all_wanted = std::accumulate(wanted.begin(), wanted.end(), 0.f);
  if (all_wanted <= width) return wanted;
  for (size_t i = 0; i < columns; ++i) {
    if (all_least >= width) wanted[i] = least[i] * width / all_least;
    else wanted[i] = least[i] + (wanted[i] - least[i]) * (width - all_least) / (all_wanted - all_least);
  }
  return wanted;
}

class Page {
 public:
  // `app` nullptr: only measures.
  Page(App* app, Rect area) : app_(app), area_(area), top_(area.y) {}

  void add(const TextBlock& block) {
    switch (block.kind) {
      case TextBlock::Kind::kHeading: heading(block); break;
      case TextBlock::Kind::kTable: table(block); break;
      case TextBlock::Kind::kBullet: bullet(block); break;
      case TextBlock::Kind::kParagraph: paragraph({area_.x, area_.y, area_.w, 0}, block.text, block.text); break;
    }
  }
  float height() const { return area_.y - top_; }

 private:
  void mirror(Role role, const Rect& r, std::string_view words) {
    Item item;
    item.role = role, item.name = words, item.rect = r;
    app_->mirror().add(std::move(item));
  }

  void heading(const TextBlock& block) {
    const Tokens& t = tokens();
    ImFont* font = block.level <= 1 ? font_title() : block.level == 2 ? font_large() : font_text();
    if (height() > 0) area_.y += t.space_3;
    const Rect r{area_.x, area_.y, area_.w, write_lines(area_, block.text, font, t.color.text, app_ != nullptr)};
    if (app_) mirror(Role::kHeading, r, block.text);
    area_.y += r.h + t.space_2;
  }

  void paragraph(Rect r, std::string_view words, std::string_view spoken) {
    const Tokens& t = tokens();
    r.h = write_lines(r, words, font_text(), t.color.text, app_ != nullptr);
    if (app_) mirror(Role::kListItem, r, spoken);
    area_.y += r.h + t.space_2;
  }

  void bullet(const TextBlock& block) {
    if (app_) canvas()->AddCircleFilled({area_.x + 5, area_.y + tokens().text / 2 + 2}, 2.5f, ink(tokens().color.accent));
    paragraph({area_.x + kBullet, area_.y, area_.w - kBullet, 0}, block.text, block.text);
  }

  void table(const TextBlock& block) {
    const Tokens& t = tokens();
    const std::vector<float> widths = column_widths(block, area_.w);
    for (size_t row = 0; row < block.rows.size(); ++row) {
      const Color color = row == 0 ? t.color.text_soft : t.color.text;
      float x = area_.x, h = 0;
      std::string spoken;
      for (size_t i = 0; i < block.rows[row].size(); ++i) {
        const std::string& cell = block.rows[row][i];
        h = std::max(h, write_lines({x + kCell, area_.y + kCell, widths[i] - 2 * kCell, 0}, cell, font_small(), color, app_ != nullptr));
        // Each figure with the heading of its column.
        if (row > 0 && i > 0 && i < block.rows[0].size()) spoken += ", " + block.rows[0][i] + " " + cell;
        else spoken += (spoken.empty() ? "" : ", ") + cell;
        x += widths[i];
      }
      const Rect r{area_.x, area_.y, x - area_.x, h + 2 * kCell};
      area_.y += r.h;
      if (!app_) continue;
      fill({area_.x, area_.y - 1, r.w, row == 0 ? 2.f : 1.f}, row == 0 ? t.color.line_strong : t.color.line);
      mirror(Role::kListItem, r, spoken);
    }
    area_.y += t.space_3;
  }

  App* app_;
  Rect area_;
  float top_;
};

const std::vector<TextBlock>& blocks_of(const App& app) {
  static std::string text;
  static std::vector<TextBlock> blocks;
  const std::string wanted = app.model_card.empty() ? tr(Text::kNoModelCard) : app.model_card;
  if (text != wanted) {
    text = wanted;
    blocks = read_markdown(text);
    const bool says_title = !blocks.empty() && blocks[0].kind == TextBlock::Kind::kHeading && blocks[0].text == tr(Text::kAboutModel);
    if (says_title) blocks.erase(blocks.begin());       // the dialog has said it
  }
  return blocks;
}

}  // namespace

void draw_about_model(App& app) {
  const Tokens& t = tokens();
  const std::vector<TextBlock>& blocks = blocks_of(app);
  const float width = std::min(kWidth, ImGui::GetIO().DisplaySize.x - 2 * t.space_2) - 2 * t.space_6;
  Page measured(nullptr, {0, 0, width, 0});
  for (const TextBlock& block : blocks) measured.add(block);
  const Rect body = begin_dialog(app, tr(Text::kAboutModel), kWidth, measured.height());
  app.mirror().open(Role::kList, tr(Text::kAboutModel), body, "card");
  Page page(&app, body);
  for (const TextBlock& block : blocks) page.add(block);
  app.mirror().close();
  end_dialog(app);
}

}  // namespace arietta::ui
