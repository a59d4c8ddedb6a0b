#include <doctest/doctest.h>

#include <cstdlib>
#include <vector>

#include "song/scale.h"

using namespace arietta;

TEST_CASE("scales hold the notes musicians say they hold") {
  const auto keys = [](int scale, int root) {
    std::vector<int> list;
    for (int key = 60; key < 72; ++key)
      if (in_scale(scale, root, key)) list.push_back(key - 60);
    return list;
  };
  CHECK(keys(0, 0) == std::vector{0, 2, 4, 5, 7, 9, 11});
  CHECK(keys(0, 2) == std::vector{1, 2, 4, 6, 7, 9, 11});       // D major has F# and C#
  CHECK(keys(1, 9) == keys(0, 0));                             // A minor is C major
  CHECK(keys(2, 0) == std::vector{0, 2, 4, 7, 9});
  CHECK(keys(3, 9) == keys(2, 0));
  CHECK(keys(4, 0) == std::vector{0, 3, 5, 6, 7, 10});
  CHECK(keys(5, 2) == keys(0, 0));
  CHECK(keys(6, 7) == keys(0, 0));
  CHECK(keys(7, 5) == keys(0, 0));
  CHECK(keys(8, 4) == keys(0, 0));
  CHECK(keys(9, 9) == std::vector{0, 2, 4, 5, 8, 9, 11});
  CHECK(keys(10, 9) == std::vector{0, 2, 4, 6, 8, 9, 11});
  CHECK(keys(11, 5).size() == 12);
}

TEST_CASE("snapping gives the nearest note of the scale, the lower one of two") {
  CHECK(snap_to_scale(0, 0, 60) == 60);
  CHECK(snap_to_scale(0, 0, 61) == 60);
  CHECK(snap_to_scale(2, 0, 65) == 64);
  CHECK(snap_to_scale(2, 0, 66) == 67);
  for (int scale = 0; scale < kScaleCount; ++scale)
    for (int root = 0; root < 12; ++root)
      for (int key = 0; key < 128; ++key) {
        const int snapped = snap_to_scale(scale, root, key);
        REQUIRE(in_scale(scale, root, snapped));
        REQUIRE(std::abs(snapped - key) <= 3);
        REQUIRE((snapped >= 0 && snapped <= 127));
      }
}
