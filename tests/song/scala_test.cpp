#include "song/scala.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/random.h"

using namespace arietta;

namespace {

const char kPure[] =
    "! pure.scl\n!\nPure thirds in C\r\n 12\n!\n 16/15\n 9/8\n 6/5 minor third\n 5/4\n 4/3\n 45/32\n 3/2\n 8/5\n 5/3\n 9/5\n 15/8\n 2\n";

double cents_above_c(const TuningTable& table, int key) { return table[size_t(key)] + 100 * (key - 60) - table[60]; }

}  // namespace

TEST_CASE("a Scala scale is read: ratios, cents, comments, remarks and Windows line ends") {
  auto scale = read_scale(kPure);
  REQUIRE(scale.ok());
  CHECK(scale->name == "Pure thirds in C");
  REQUIRE(scale->cents.size() == 12);
  CHECK(scale->cents[3] == doctest::Approx(386.3137).epsilon(1e-6));
  CHECK(scale->cents[11] == doctest::Approx(1200));
  auto in_cents = read_scale("bells\n2\n 701.955 ! fifth\n 1200.\n");
  REQUIRE(in_cents.ok());
  CHECK(in_cents->cents[0] == doctest::Approx(701.955));
  CHECK(read_scale("\n1\n2/1\n").ok());                        // a scale may have no name
}

TEST_CASE("keys sound where the scale puts them, A4 stays at 440") {
  const TuningTable table = tuning_table(*read_scale(kPure), KeyMap());
  CHECK(table[69] == doctest::Approx(0).epsilon(1e-9));
  CHECK(cents_above_c(table, 64) == doctest::Approx(386.3137).epsilon(1e-5));
  CHECK(cents_above_c(table, 67) == doctest::Approx(701.955).epsilon(1e-5));
  CHECK(cents_above_c(table, 72) == doctest::Approx(1200).epsilon(1e-9));
  CHECK(cents_above_c(table, 52) == doctest::Approx(386.3137 - 1200).epsilon(1e-5));
}

TEST_CASE("53 commas, one a key, climb by a comma") {
  TuningScale commas;
  for (int i = 1; i <= 53; ++i) commas.cents.push_back(1200.0 * i / 53);
  const TuningTable table = tuning_table(commas, KeyMap());
  CHECK(cents_above_c(table, 61) == doctest::Approx(1200.0 / 53));
  CHECK(cents_above_c(table, 113) == doctest::Approx(1200));
  CHECK(cents_above_c(table, 7) == doctest::Approx(-1200));
}

TEST_CASE("a keyboard map places notes on keys, names another pitch and leaves keys out") {
  // Seven white keys carry a scale of seven; A4 is 432 Hz.
  const auto map = read_key_map("! white keys\n12\n0\n127\n60\n69\n432.0\n7\n0\nx\n1\nx\n2\n3\nx\n4\nx\n5\nx\n6\n");
  REQUIRE(map.ok());
  const auto scale = read_scale("seven\n7\n200.\n400.\n500.\n700.\n900.\n1100.\n2/1\n");
  const TuningTable table = tuning_table(scale.value(), map.value());
  CHECK(table[69] == doctest::Approx(1200 * std::log2(432.0 / 440)));
  CHECK(cents_above_c(table, 65) == doctest::Approx(500));
  CHECK(cents_above_c(table, 61) == doctest::Approx(0));          // left out: like C below it
  CHECK(cents_above_c(table, 72) == doctest::Approx(1200));
}

TEST_CASE("what a song keeps reads back the same") {
  const auto scale = read_scale(kPure), again = read_scale(write_scale(scale.value()));
  REQUIRE(again.ok());
  CHECK(again.value().name == scale.value().name);
  for (size_t i = 0; i < 12; ++i) CHECK(again.value().cents[i] == doctest::Approx(scale.value().cents[i]).epsilon(1e-7));
  KeyMap map;
  map.size = 3;
  map.degrees = {0, kNoDegree, 2};
  map.reference_hz = 415.3;
  const auto map_again = read_key_map(write_key_map(map));
  REQUIRE(map_again.ok());
  CHECK(map_again.value().degrees == map.degrees);
  CHECK(map_again.value().reference_hz == doctest::Approx(415.3));
}

TEST_CASE("what is wrong is said in one plain sentence, with its line") {
  const auto says = [](const auto& result, const char* words) {
    REQUIRE_FALSE(result.ok());
    CAPTURE(result.error().message);
    CHECK(result.error().message.find(words) != std::string::npos);
  };
  says(read_scale(""), "its name is missing");
  says(read_scale("name\n"), "number of notes is missing");
  says(read_scale("name\ntwelve\n"), "line 2 should be the number of notes");
  says(read_scale("name\n2\n3/2\n"), "one of its notes is missing");
  says(read_scale("name\n2\n3/2\nhigh\n"), "line 4 should be a pitch");
  says(read_scale("name\n1\n-3/2\n"), "line 3");
  says(read_scale("name\n1\n0/0\n"), "line 3");
  says(read_scale("name\n1\n1e400\n"), "line 3");
  says(read_key_map("12\n0\n127\n60\n69\n0\n"), "pitch in hertz");
  says(read_key_map("12\n0\n500\n"), "the last key");
}

TEST_CASE("damaged files never do harm") {
  Random random(5);
  const std::string map = "12\n0\n127\n60\n69\n440.0\n12\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n";
  for (int round = 0; round < 3000; ++round) {
    std::string scale_text = kPure, map_text = map;
    for (std::string* text : {&scale_text, &map_text})
      for (uint32_t i = random.next() % 6; i > 0; --i) (*text)[random.next() % text->size()] = char(random.next());
    const auto scale = read_scale(scale_text);
    const auto keys = read_key_map(map_text);
    if (!scale.ok()) continue;
    const TuningTable table = tuning_table(scale.value(), keys.ok() ? keys.value() : KeyMap());
    for (const double cents : table) CHECK(std::isfinite(cents));
  }
}
