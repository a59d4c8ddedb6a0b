// The strip with the whole song: goes where it is pressed, and says where that is.
#include "ui/views/arrange.h"

#include "doctest/doctest.h"
#include "song/defaults.h"
#include "tests/ui/stage.h"
#include "ui/views/note_grid.h"
#include "ui/views/note_grid_state.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

constexpr Tick kBar = 4 * kTicksPerQuarter;
constexpr Rect kStrip{0, 0, 1000, 80};

void both(App& app, Rect area) {
  draw_arrange(app, kStrip);
  draw_note_grid(app, {0, 100, area.w, area.h - 100});
}

// Sixty-four bars, of which the grid shows four.
struct Song : Stage {
  Song() : Stage(both, {0, 0, 1000, 600}) {
    app().open_document(empty_song(), "test");
    app().add_note_at(63 * kBar, 60, kBar);
    frames(3);
    app().grid().pixels_per_quarter = double(note_grid_state().frame.notes.w) / 16;
    app().grid().first_tick = 0;
    frames(2);
  }
};

}  // namespace

TEST_CASE("a press goes there, a drag takes the window along") {
  Song s;
  s.click(500, 40);
  const GridFrame& frame = note_grid_state().frame;
  const double middle = (frame.first_tick + frame.last_tick()) / 2;
  CHECK(middle == doctest::Approx(32 * kBar).epsilon(0.02));
  const double before = s.app().grid().first_tick;
  s.drag(505, 40, 605, 40);
  CHECK(s.app().grid().first_tick - before == doctest::Approx(6.5 * kBar).epsilon(0.05));
  s.drag(600, 40, 0, 40);
  CHECK(s.app().grid().first_tick == 0);
}

TEST_CASE("the mirror says which bars are shown and takes another") {
  Song s;
  CHECK(s.find(Role::kSlider, "Arrangement").text == "bars 1 to 4 of 64");
  s.act(Role::kSlider, "Arrangement", {ActKind::kSetValue, 33, {}});
  CHECK(s.app().grid().first_tick == 32 * kBar);
  s.frames(1);
  CHECK(s.find(Role::kSlider, "Arrangement").text == "bars 33 to 36 of 64");
}

TEST_CASE("a song of twenty thousand notes costs no more to draw than the strip has room for") {
  Song s;
  Ops ops;
  const Id clip = clip_for(s.app().document_for_ids(), ops, s.app().current_track(), 0, 64 * kBar);
  for (int i = 0; i < 20000; ++i) {
    Note note;
    note.clip = clip, note.start = i * 12, note.length = 12, note.key = i * 7 % 88 + 20;
    add_note(s.app().document_for_ids(), ops, note);
  }
  s.app().edit(ops, "many");
  s.frames(2);
  CHECK(s.vertices() < 80'000);
}
