#include "ui/views/help_dialog.h"

#include <algorithm>
#include <cctype>

#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/keys.h"
#include "ui/letter_piano.h"
#include "ui/widgets/dialog.h"

namespace arietta::ui {
namespace {

constexpr float kRow = 34, kIntro = 46;

struct Line { Text words; std::string keys; };

// One line per thing to do: commands with the same words (four arrows) share it.
std::vector<Line> lines(const App& app) {
  std::vector<Line> made;
  for (const Command& command : commands()) {
    const std::string keys = keys_of(app, command.name);
    if (keys.empty()) continue;
    if (!made.empty() && made.back().words == command.words) made.back().keys += " " + keys;
    else made.push_back({command.words, keys});
  }
  return made;
}

// "Shift+ArrowUp Delete" as people write it: "Shift+↑, Delete". Letters are shown as they are on the keys.
std::string shown(std::string_view keys) {
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"ArrowLeft", "←"}, {"ArrowRight", "→"}, {"ArrowUp", "↑"}, {"ArrowDown", "↓"}, {"Escape", "Esc"}};
  std::string out;
  while (!keys.empty()) {
    const std::string_view chord = keys.substr(0, keys.find(' '));
    keys.remove_prefix(std::min(keys.size(), chord.size() + 1));
    const size_t plus = chord.size() > 1 ? chord.rfind('+', chord.size() - 2) : std::string_view::npos;
    const size_t name_at = plus == std::string_view::npos ? 0 : plus + 1;
    std::string name(chord.substr(name_at));
    for (const auto& [from, to] : kSigns)
      if (name == from) name = to;
    if (name.size() == 1) name[0] = char(std::toupper(uint8_t(name[0])));
    out += (out.empty() ? "" : ",  ") + std::string(chord.substr(0, name_at)) + name;
  }
  return out;
}

std::string piano_letters(const App& app) {
  std::string letters;
  for (const PianoLetter& letter : letter_piano(app)) letters += (letters.empty() ? "" : " ") + std::string(letter.sign);
  return letters;
}

void row(App& app, const Rect& r, std::string_view words, std::string_view keys) {
  const Tokens& t = tokens();
  Rect rest = inset(r, t.space_2, 0);
  write(take_right(rest, rest.w * 0.45f, t.space_2), keys, font_text(), t.color.accent, Align::kRight);
  write(rest, words, font_text(), t.color.text);
  canvas()->AddLine({r.x, bottom(r)}, {right(r), bottom(r)}, ink(t.color.line), t.line);
  Item item;
  item.role = Role::kListItem, item.name = std::string(words) + ": " + std::string(keys), item.rect = r;
  app.mirror().add(std::move(item));
}

}  // namespace

void draw_help_dialog(App& app) {
  const Tokens& t = tokens();
  const std::vector<Line> all = lines(app);
  constexpr float kPiano = 36;
  Rect body = begin_dialog(app, tr(Text::kHelp), 560, kIntro + 28 + kPiano + float(all.size()) * kRow);
  write_lines(take_top(body, kIntro), tr(Text::kHelpIntro), font_text(), t.color.text_soft);
  write(take_top(body, 28), tr(Text::kKeysTitle), font_large(), t.color.text);
  if (app.preferences().letter_keys) write_lines(take_top(body, kPiano), tr(Text::kKeyPiano, piano_letters(app)), font_text(), t.color.text);
  app.mirror().open(Role::kList, tr(Text::kKeysTitle), body);
  for (const Line& line : all) row(app, take_top(body, kRow), tr(line.words), shown(line.keys));
  app.mirror().close();
  end_dialog(app);
}

}  // namespace arietta::ui
