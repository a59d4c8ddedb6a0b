// The card of the melody model on the screen, and the small part of Markdown it is written in.
#include <nlohmann/json.hpp>

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/commands.h"
#include "ui/keys.h"
#include "ui/views/markdown.h"

using namespace arietta;
using namespace arietta::ui;
using namespace arietta::ui::test;

TEST_CASE("About this model shows the card as text a screen reader has too") {
  Stage s({1280, 800, 0, 0});
  s.app().touch();
  s.frames(2);
  const auto show = [&](const std::string& card) {
    CHECK(run_command(s.app(), "model_card", nlohmann::json{{"text", card}}.dump()));
    s.frames(2);
  };
  s.press_item(Role::kButton, "About this model");
  CHECK(asked().announced == "model_card");
  CHECK(s.count(Role::kDialog, "About this model") == 1);
  show("# Melody 1\nLearned from **open** [tunes](x).\n\n| tradition | tunes |\n|---|---:|\n| Irish | 1,156 |\n\n- You own it.");
  CHECK(s.count(Role::kHeading, "Melody 1") == 1);
  CHECK(s.count(Role::kListItem, "Learned from open tunes.") == 1);
  CHECK(s.count(Role::kListItem, "Irish, tunes 1,156") == 1);
  CHECK(s.count(Role::kListItem, "You own it.") == 1);
  std::string card = "# Melody 1\n";
  for (int i = 0; i < 100; ++i) card += "Paragraph " + std::to_string(i) + "\n\n";
  show(card);
  const float top = s.find(Role::kListItem, "Paragraph 0").rect.y;
  CHECK(press_key(s.app(), "PageDown", "PageDown", true, 0, false));
  s.frames(3);
  CHECK(s.find(Role::kListItem, "Paragraph 0").rect.y < top - 300);
  CHECK(press_key(s.app(), "PageUp", "PageUp", true, 0, false));
  s.frames(3);
  CHECK(s.find(Role::kListItem, "Paragraph 0").rect.y == top);
  CHECK(press_key(s.app(), "Escape", "Escape", true, 0, false));
  s.frames(2);
  CHECK(s.count(Role::kDialog, "About this model") == 0);
}

TEST_CASE("odd markdown is text") {
  using Kind = TextBlock::Kind;
  CHECK(read_markdown("").empty());
  CHECK(read_markdown("#hash\n#\n|\n||\n|---|\n- \n[a](b\n**").size() > 0);
  const auto table = read_markdown("|a|b|\n|c\nafter");
  REQUIRE(table.size() == 2);
  CHECK(table[0].rows.size() == 2);
  CHECK(table[1].kind == Kind::kParagraph);
  CHECK(read_markdown("one\ntwo\n\nthree").size() == 2);
  CHECK(read_markdown("one\r\ntwo")[0].text == "one two");
}
