// The note grid without a pointer: the keyboard and the mirror alone can do everything, and say what they did.
#include "doctest/doctest.h"
#include "song/defaults.h"
#include "tests/ui/stage.h"
#include "ui/keys.h"
#include "ui/views/note_grid.h"
#include "ui/views/note_grid_state.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

constexpr Tick kStep = kTicksPerQuarter / 4;

struct Grid : Stage {
  Grid() : Stage(draw_note_grid, {0, 0, 1000, 600}) {
    app().open_document(empty_song(), "test");
    frames(2);
    said();
  }
  std::vector<SongNote> notes() { return note_grid_state().notes.of(app(), app().current_track()).notes; }
  std::string key(std::string_view name, int mods = 0) {
    press_key(app(), name, name, true, mods, false);
    frames(2);
    return said();
  }
};

}  // namespace

TEST_CASE("arrows move the cursor by a step and a key and say what is there") {
  Grid g;
  CHECK(g.key("ArrowRight") == "C4, bar 1 beat 1.25, empty");
  CHECK(g.key("ArrowUp") == "C#4, bar 1 beat 1.25, empty");
  CHECK(g.key("ArrowRight", kAlt) == "C#4, bar 2 beat 1, empty");
  CHECK(g.key("ArrowDown", kAlt) == "C#3, bar 2 beat 1, empty");
  CHECK(g.key("ArrowLeft") == "C#3, bar 1 beat 4.75, empty");
  g.key("ArrowLeft", kAlt);
  CHECK(g.app().cursor().tick == 0);
  g.key("ArrowLeft");
  CHECK(g.app().cursor().tick == 0);
}

TEST_CASE("Enter adds a note and removes it again; both are said") {
  Grid g;
  CHECK(g.key("Enter") == "C4, bar 1 beat 1, a quarter of a beat long, yours added");
  REQUIRE(g.notes().size() == 1);
  CHECK(g.app().key_is_down(60));
  CHECK(g.key("Enter") == "C4, bar 1 beat 1, a quarter of a beat long, yours removed");
  CHECK(g.notes().empty());
}

TEST_CASE("Shift and arrows change the note at the cursor, and the cursor stays on it") {
  Grid g;
  g.key("Enter");
  CHECK(g.key("ArrowRight", kShift) == "C4, bar 1 beat 1, half a beat long, yours");
  CHECK(g.key("ArrowUp", kShift) == "C#4, bar 1 beat 1, half a beat long, yours");
  CHECK(g.notes()[0].key == 61);
  CHECK(g.notes()[0].end == 2 * kStep);
  CHECK(g.app().cursor().key == 61);
  g.key("ArrowLeft", kShift);
  CHECK(g.notes()[0].end == kStep);
}

TEST_CASE("the cursor stays in view") {
  Grid g;
  for (int i = 0; i < 12; ++i) g.key("ArrowRight", kAlt);
  const GridFrame& frame = note_grid_state().frame;
  CHECK(double(g.app().cursor().tick) >= frame.first_tick);
  CHECK(double(g.app().cursor().tick) < frame.last_tick());
  for (int i = 0; i < 5; ++i) g.key("ArrowUp", kAlt);
  CHECK(g.app().cursor().key == 120);
  CHECK(g.app().cursor().key <= note_grid_state().frame.highest_key());
}

TEST_CASE("the mirror has a grid of rows and cells around the cursor, few enough for a page") {
  Grid g;
  const std::vector<Item>& items = g.app().mirror().items();
  CHECK(g.count(Role::kGrid, "Notes") == 1);
  CHECK(g.count(Role::kRow, "C4") == 1);
  CHECK(items.size() < 160);
  const Item& cell = g.find(Role::kGridCell, "C4, bar 1 beat 1, empty");
  CHECK(cell.row == 127 - 60);
  CHECK(cell.column == 0);
  CHECK(cell.rect.x == doctest::Approx(note_grid_state().frame.x_of(0)));

  for (int i = 0; i < 40; ++i) g.key("ArrowRight");
  CHECK(g.count(Role::kGridCell, "C4, bar 3 beat 3, empty") == 1);
  CHECK(g.count(Role::kGridCell, "C4, bar 1 beat 1, empty") == 0);
}

TEST_CASE("a cell pressed in the mirror adds a note there; pressed again, removes it") {
  Grid g;
  g.press_item(Role::kGridCell, "D4, bar 1 beat 2, empty");
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].key == 62);
  CHECK(g.notes()[0].start == 4 * kStep);
  CHECK(g.app().cursor().key == 62);
  g.press_item(Role::kGridCell, "D4, bar 1 beat 2, a quarter of a beat long, yours");
  CHECK(g.notes().empty());
}

TEST_CASE("while the mirror has the focus, it goes along with the cursor") {
  Grid g;
  g.act(Role::kGridCell, "C4, bar 1 beat 1, empty", {ActKind::kFocus, 1, {}});
  g.app().mirror().take_changes();
  press_key(g.app(), "ArrowRight", "ArrowRight", true, 0, false);
  g.frames(2);
  const std::string changes = g.app().mirror().take_changes();
  const ItemId next = g.find(Role::kGridCell, "C4, bar 1 beat 1.25, empty").id;
  CHECK(changes.find("\"focus\":" + std::to_string(next)) != std::string::npos);
}

TEST_CASE("tools work from the mirror") {
  Grid g;
  const double before = g.app().grid().pixels_per_quarter;
  g.press_item(Role::kButton, "Zoom in");
  CHECK(g.app().grid().pixels_per_quarter > before);
  g.act(Role::kComboBox, "Snap", {ActKind::kSetText, 0, "1/8"});
  CHECK(g.app().grid().step == kTicksPerQuarter / 2);
  g.act(Role::kComboBox, "Snap", {ActKind::kSetText, 0, "Off"});
  CHECK_FALSE(note_grid_state().snap);
  g.key("Enter");
  g.frames(2);
  g.press_item(Role::kButton, "Delete notes");
  CHECK(g.notes().empty());
}

TEST_CASE("the computer's letters play the chosen octave") {
  Grid g;
  press_key(g.app(), "KeyA", "a", true, 0, false);
  CHECK(g.app().key_is_down(60));
  press_key(g.app(), "KeyA", "a", false, 0, false);
  CHECK_FALSE(g.app().key_is_down(60));
}
