// Can everybody read it? Contrast after WCAG 2: 4.5 for text, 3 for large text, edges of controls and what carries meaning.
#include "doctest/doctest.h"
#include "ui/theme/tokens.h"

using namespace arietta::ui;

namespace {

constexpr ThemeName kThemes[] = {ThemeName::kDark, ThemeName::kLight, ThemeName::kHighContrast};

}  // namespace

TEST_CASE("contrast counts as the standard does") {
  CHECK(contrast(0x000000ff, 0xffffffff) == doctest::Approx(21));
  CHECK(contrast(0x777777ff, 0xffffffff) == doctest::Approx(4.48).epsilon(0.01));
  CHECK(contrast(0x123456ff, 0x123456ff) == doctest::Approx(1));
}

TEST_CASE("text can be read on every surface of every theme") {
  for (ThemeName theme : kThemes) {
    const Palette& c = palette(theme);
    CAPTURE(int(theme));
    for (auto surface : {c.background, c.surface, c.surface_raised, c.surface_sunken}) {
      CHECK(contrast(c.text, surface) >= 7);
      CHECK(contrast(c.text_soft, surface) >= 4.5);
      CHECK(contrast(c.accent, surface) >= 4.5);
      CHECK(contrast(c.danger, surface) >= 4.5);
    }
    CHECK(contrast(c.text_on_accent, c.accent) >= 4.5);
    CHECK(contrast(c.accent, c.accent_soft) >= 4.5);
  }
}

TEST_CASE("edges, focus and playhead stand out") {
  for (ThemeName theme : kThemes) {
    const Palette& c = palette(theme);
    CAPTURE(int(theme));
    for (auto surface : {c.background, c.surface, c.surface_sunken}) {
      CHECK(contrast(c.line_strong, surface) >= 3);
      CHECK(contrast(c.focus_ring, surface) >= 3);
    }
    for (auto row : {c.surface, c.grid_black_key, c.grid_out_of_scale}) {
      CHECK(contrast(c.playhead, row) >= 3);
      for (auto note : c.pitch) CHECK(contrast(note, row) >= 3);
    }
  }
}

TEST_CASE("no pitch is brighter than another") {
  for (ThemeName theme : kThemes) {
    const Palette& c = palette(theme);
    for (auto note : c.pitch) CHECK(contrast(note, c.pitch[0]) <= 1.35);
  }
}
