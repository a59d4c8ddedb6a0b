// What the page learns from the mirror: differences only, stable ids, and every act answered once by the view it belongs to.
#include <nlohmann/json.hpp>

#include "doctest/doctest.h"
#include "ui/a11y/mirror.h"

using namespace arietta::ui;
using nlohmann::json;

namespace {

json changes(Mirror& mirror) {
  const std::string text = mirror.take_changes();
  return text.empty() ? json() : json::parse(text);
}

// One frame with a toolbar of one play button and a volume slider; gives what was asked for.
struct Asked { bool pressed = false, moved = false; double volume = 0; };
Asked frame(Mirror& mirror, const char* name = "Play", double volume = 0.5) {
  Asked asked;
  mirror.begin_frame();
  mirror.open(Role::kToolbar, "Transport", {0, 0, 300, 50});
  asked.pressed = mirror.button(name, {0, 0, 44, 44}, false, -1, "play");
  asked.volume = volume;
  asked.moved = mirror.slider("Volume", {50, 0, 100, 44}, asked.volume, 0, 1, 0.1, "half");
  mirror.close();
  mirror.end_frame();
  return asked;
}

ItemId id_of(const json& change, const char* name) {
  for (const json& item : change.at("set"))
    if (item.at("name") == name) return item.at("id").get<ItemId>();
  FAIL("no item " << name);
  return 0;
}

}  // namespace

TEST_CASE("the first frame tells everything, the next one nothing") {
  Mirror mirror;
  frame(mirror);
  const json first = changes(mirror);
  REQUIRE(first.at("set").size() == 3);
  CHECK(first["set"][0]["role"] == "toolbar");
  CHECK(first["set"][1]["role"] == "button");
  CHECK(first["set"][1]["parent"] == first["set"][0]["id"]);
  CHECK(first["set"][2]["text"] == "half");
  CHECK(first["order"].size() == 3);
  frame(mirror);
  CHECK(mirror.take_changes() == "");
}

TEST_CASE("a button that changes its name keeps its id, so that focus stays on it") {
  Mirror mirror;
  frame(mirror);
  const ItemId id = id_of(changes(mirror), "Play");
  frame(mirror, "Pause");
  const json change = changes(mirror);
  CHECK(change.at("set").size() == 1);
  CHECK(id_of(change, "Pause") == id);
  CHECK_FALSE(change.contains("gone"));
  CHECK_FALSE(change.contains("order"));
}

TEST_CASE("what comes back to the old state before the page looked is no difference") {
  Mirror mirror;
  frame(mirror);
  changes(mirror);
  frame(mirror, "Pause");
  frame(mirror, "Play");
  const json change = changes(mirror);
  CHECK_FALSE(change.contains("set"));
}

TEST_CASE("a press is answered once, by the item it was for") {
  Mirror mirror;
  frame(mirror);
  const ItemId id = id_of(changes(mirror), "Play");
  mirror.act(id, {ActKind::kPress, 0, {}});
  CHECK(mirror.has_acts());
  CHECK(frame(mirror).pressed);
  CHECK_FALSE(frame(mirror).pressed);
  CHECK_FALSE(mirror.has_acts());
}

TEST_CASE("two presses are two, many values of one slider are the last") {
  Mirror mirror;
  frame(mirror);
  const json first = changes(mirror);
  const ItemId play = id_of(first, "Play"), volume = id_of(first, "Volume");
  mirror.act(play, {ActKind::kPress, 0, {}});
  mirror.act(play, {ActKind::kPress, 0, {}});
  for (double v : {0.6, 0.7, 0.8}) mirror.act(volume, {ActKind::kSetValue, v, {}});
  const Asked one = frame(mirror);
  CHECK(one.pressed);
  CHECK(one.volume == 0.8);
  const Asked two = frame(mirror);
  CHECK(two.pressed);
  CHECK_FALSE(two.moved);
}

TEST_CASE("values are kept in range and nonsense is not taken") {
  Mirror mirror;
  frame(mirror);
  const ItemId volume = id_of(changes(mirror), "Volume");
  mirror.act(volume, {ActKind::kSetValue, 99, {}});
  CHECK(frame(mirror).volume == 1);
  mirror.act(volume, {ActKind::kSetValue, std::nan(""), {}});
  CHECK_FALSE(frame(mirror).moved);
  mirror.act(volume, {ActKind::kIncrement, 0, {}});
  CHECK(frame(mirror).volume == doctest::Approx(0.6));
}

TEST_CASE("acts for what is gone, or never was, are dropped") {
  Mirror mirror;
  frame(mirror);
  const ItemId id = id_of(changes(mirror), "Play");
  mirror.act(12345, {ActKind::kPress, 0, {}});
  CHECK_FALSE(mirror.has_acts());
  mirror.act(id, {ActKind::kPress, 0, {}});
  mirror.begin_frame();
  mirror.end_frame();
  CHECK_FALSE(mirror.has_acts());
  const json change = changes(mirror);
  CHECK(change.at("gone").size() == 3);
  CHECK(change.at("order").empty());
}

TEST_CASE("items of one name are told apart, and rectangles are zoomed for the page") {
  Mirror mirror;
  mirror.set_scale(1.5f);
  mirror.begin_frame();
  mirror.button("Delete", {10, 20, 40, 40});
  mirror.button("Delete", {10, 70, 40, 40});
  mirror.end_frame();
  const json change = changes(mirror);
  REQUIRE(change.at("set").size() == 2);
  CHECK(change["set"][0]["id"] != change["set"][1]["id"]);
  CHECK(change["set"][0]["rect"] == json({15, 30, 60, 60}));
}

TEST_CASE("words that could break JSON arrive unharmed") {
  Mirror mirror;
  mirror.begin_frame();
  mirror.button("A \"b\" \\ \n\t\x01 é", {});
  mirror.end_frame();
  CHECK(changes(mirror)["set"][0]["name"] == "A \"b\" \\ \n\t\x01 é");
}

TEST_CASE("an urgent sentence is not talked over") {
  Mirror mirror;
  mirror.say("The file is damaged", true);
  mirror.say("Note added");
  const json change = changes(mirror);
  CHECK(change["say"] == "The file is damaged");
  CHECK(change["urgent"] == true);
  mirror.say("Note added");
  CHECK(changes(mirror)["say"] == "Note added");
}

TEST_CASE("after the page lost its mirror it is told everything again") {
  Mirror mirror;
  frame(mirror);
  changes(mirror);
  mirror.forget();
  CHECK(changes(mirror).at("set").size() == 3);
}
