#include "assist/selection.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace arietta;

namespace {

Melody line(int from, int step, int onset = 0) {
  Melody notes;
  for (int i = 0; i < 8; ++i) notes.push_back({onset + i * 24, 24, from + i * step});
  return notes;
}

}  // namespace

TEST_CASE("Likeness: the same line 1, a moved one less, a stranger little, and it is mutual") {
  const Melody tune = line(60, 2);
  Melody other{{0, 6, 70}, {13, 5, 61}, {40, 3, 64}, {91, 24, 50}, {120, 7, 73}};
  CHECK(likeness(tune, tune) == doctest::Approx(1));
  CHECK(likeness(tune, line(65, 2)) == doctest::Approx(.5));
  CHECK(likeness(tune, other) < .2);
  CHECK(likeness(tune, other) == doctest::Approx(likeness(other, tune)));
  CHECK(likeness({}, tune) == 0);
}

TEST_CASE("The first suggestion is what most drafts say; the next ones are other ideas") {
  std::vector<Draft> drafts;
  for (int i = 0; i < 6; ++i) drafts.push_back({line(60, 2)});
  for (int i = 0; i < 3; ++i) drafts.push_back({line(80, -3)});
  drafts.push_back({line(40, 7)});
  const std::vector<int> chosen = select_drafts(drafts, 3);
  REQUIRE(chosen.size() == 3);
  CHECK(chosen[0] < 6);
  CHECK((chosen[1] >= 6 && chosen[1] < 9));
  CHECK(chosen[2] == 9);
}

TEST_CASE("There are never more suggestions than drafts, nor one twice") {
  CHECK(select_drafts({}, 3).empty());
  CHECK(select_drafts({{line(60, 1)}, {line(60, 1)}}, 3) == std::vector<int>{0, 1});
}

TEST_CASE("A dull draft is shown only for want of others, though it has its say") {
  const Melody dull = line(60, 0);
  std::vector<Draft> drafts(5, Draft{dull, Draft::Kind::kDull});
  drafts.push_back({line(40, 7)});
  Melody other = dull;
  other.back().pitch = 64;
  drafts.push_back({other});
  CHECK(select_drafts(drafts, 2) == std::vector<int>{6, 5});
  CHECK(select_drafts(drafts, 3).back() == 0);
}

TEST_CASE("One suggestion in three may be a passage that comes back, never the first") {
  std::vector<Draft> drafts{{line(60, 2)}, {line(60, 3)}, {line(61, -2)}};
  drafts.push_back({line(72, -1), Draft::Kind::kReprise});
  drafts.push_back({line(50, 4), Draft::Kind::kReprise});
  const std::vector<int> chosen = select_drafts(drafts, 3);
  CHECK(chosen[0] < 3);
  CHECK(std::count_if(chosen.begin(), chosen.end(), [](int i) { return i >= 3; }) == 1);
}
