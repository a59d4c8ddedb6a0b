// The note grid by mouse, finger and mirror: what each gesture leaves in the song, and that it is one step of undo.
#include "ui/views/note_grid.h"

#include "doctest/doctest.h"
#include "song/defaults.h"
#include "tests/ui/stage.h"
#include "ui/views/note_grid_state.h"

using namespace arietta;
using namespace arietta::ui;
using test::Stage;

namespace {

constexpr Tick kStep = kTicksPerQuarter / 4;
constexpr Rect kArea{0, 0, 1000, 600};

// An empty song in a view with round numbers: a step is 24 units wide, a row 20 high, the top row is B5.
struct Grid : Stage {
  Grid() : Stage(draw_note_grid, kArea) {
    app().open_document(empty_song(), "test");
    frames(2);
    GridView& view = app().grid();
    view.first_tick = 0, view.pixels_per_quarter = 96, view.top_key = 83, view.key_height = 20;
    frames(2);
  }
  const GridFrame& layout() { return note_grid_state().frame; }
  float x(Tick tick) { return layout().x_of(double(tick)); }
  float y(int key) { return layout().y_of(key) + layout().key_height / 2; }
  std::vector<SongNote> notes() { return note_grid_state().notes.of(app(), app().current_track()).notes; }
  Id add(Tick start, int key, Tick length = kStep) { return app().add_note_at(start, key, length); }
  bool heard(int key) { return app().key_is_down(key); }
};

}  // namespace

TEST_CASE("a click on an empty place adds a note of one step and lets it be heard for a moment") {
  Grid g;
  g.move(g.x(4 * kStep) + 5, g.y(64));
  g.press();
  CHECK(g.heard(64));
  g.release();
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].start == 4 * kStep);
  CHECK(g.notes()[0].end == 5 * kStep);
  CHECK(g.notes()[0].key == 64);
  CHECK(g.app().selection().count(g.notes()[0].id) == 1);
  g.frame(400);
  g.frame();
  CHECK_FALSE(g.heard(64));
  CHECK(g.app().undo());
  CHECK(g.notes().empty());
}

TEST_CASE("dragging while adding sets the length, as one step of undo") {
  Grid g;
  g.drag(g.x(0) + 4, g.y(60), g.x(6 * kStep) + 1, g.y(60));
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].end == 6 * kStep);
  g.drag(g.x(8 * kStep) + 4, g.y(60), g.x(4 * kStep), g.y(60));     // back over its own start: never shorter than a step
  REQUIRE(g.notes().size() == 2);
  CHECK(g.notes()[1].end - g.notes()[1].start == kStep);
  g.app().undo();
  g.app().undo();
  CHECK(g.notes().empty());
  CHECK_FALSE(g.app().history().can_undo());
}

TEST_CASE("dragging a note moves it in steps and keys; the whole drag is undone at once") {
  Grid g;
  g.add(4 * kStep, 60, 2 * kStep);
  g.drag(g.x(5 * kStep), g.y(60), g.x(5 * kStep) + 24 * 3 + 4, g.y(65));
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].start == 7 * kStep);
  CHECK(g.notes()[0].end == 9 * kStep);
  CHECK(g.notes()[0].key == 65);
  g.app().undo();
  CHECK(g.notes()[0].start == 4 * kStep);
  CHECK(g.notes()[0].key == 60);
}

TEST_CASE("a change of pitch alone keeps a start that lies between the steps") {
  Grid g;
  g.add(4 * kStep + 37, 60, 4 * kStep);
  g.drag(g.x(6 * kStep), g.y(60), g.x(6 * kStep) + 1, g.y(67));
  CHECK(g.notes()[0].start == 4 * kStep + 37);
  CHECK(g.notes()[0].key == 67);
}

TEST_CASE("Alt lets a note go anywhere") {
  Grid g;
  g.add(4 * kStep, 60, 4 * kStep);
  input_for_platform().alt = true;
  g.drag(g.x(6 * kStep), g.y(60), g.x(6 * kStep) + 7, g.y(60));
  CHECK(g.notes()[0].start == 4 * kStep + 70);                    // 7 units of 10 ticks
}

TEST_CASE("a group stops as a whole at the start of the song and at the highest key") {
  Grid g;
  const Id low = g.add(2 * kStep, 60, 2 * kStep), high = g.add(6 * kStep, 72, 2 * kStep);
  g.app().select({low, high});
  g.drag(g.x(7 * kStep), g.y(72), g.x(0) - 20, g.y(72));
  CHECK(g.notes()[0].start == 0);
  CHECK(g.notes()[1].start == 4 * kStep);
  g.app().move_selection(0, 100);
  CHECK(g.notes()[1].key - g.notes()[0].key == 12);
  CHECK(g.notes()[1].key == 127);
}

TEST_CASE("either end of a note can be dragged; to and fro loses nothing") {
  Grid g;
  const Id one = g.add(4 * kStep, 60, 4 * kStep), two = g.add(4 * kStep, 64, 2 * kStep);
  g.app().select({one, two});
  g.move(g.x(8 * kStep) - 3, g.y(60));
  g.press();
  g.move(g.x(5 * kStep), g.y(60));                                 // three steps shorter: the other note is one tick long
  g.move(g.x(10 * kStep), g.y(60));
  g.release();
  CHECK(read_note(g.app().document(), one).length == 6 * kStep);
  CHECK(read_note(g.app().document(), two).length == 4 * kStep);

  g.drag(g.x(4 * kStep) + 3, g.y(60), g.x(2 * kStep), g.y(60));    // the left end
  CHECK(g.notes()[0].start == 2 * kStep);
  CHECK(read_note(g.app().document(), one).length == 8 * kStep);
  g.app().undo();
  g.app().undo();
  CHECK(read_note(g.app().document(), one).length == 4 * kStep);
}

TEST_CASE("a note dragged beyond its clip makes the clip longer") {
  Grid g;
  const Tick before = song_length(g.app().document());
  const Id id = g.add(before - kStep, 60);
  g.app().grid().first_tick = double(before - 16 * kStep);
  g.frames(2);
  g.drag(g.x(before) - 3, g.y(60), g.x(before + 4 * kStep), g.y(60));
  const Note note = read_note(g.app().document(), id);
  const arietta::Clip clip = read_clip(g.app().document(), note.clip);
  CHECK(note.length == 5 * kStep);
  CHECK(note.start + note.length <= clip.length);
}

TEST_CASE("right click and double click delete; a stroke of the right button deletes all it touches") {
  Grid g;
  for (int i = 0; i < 6; ++i) g.add(i * 2 * kStep, 60);
  g.click(g.x(0) + 10, g.y(60), 1);
  CHECK(g.notes().size() == 5);
  g.double_click(g.x(2 * kStep) + 10, g.y(60));
  CHECK(g.notes().size() == 4);
  g.drag(g.x(4 * kStep) + 2, g.y(60), g.x(9 * kStep), g.y(60), 1);
  CHECK(g.notes().size() == 1);
  g.app().undo();
  CHECK(g.notes().size() == 4);
}

TEST_CASE("two quick clicks on an empty place leave the note they made") {
  Grid g;
  g.double_click(g.x(4 * kStep) + 8, g.y(60));
  CHECK(g.notes().size() == 1);
}

TEST_CASE("Shift or the Select tool draws a box around notes") {
  Grid g;
  g.add(2 * kStep, 60);
  g.add(4 * kStep, 64);
  g.add(12 * kStep, 62);
  input_for_platform().shift = true;
  g.drag(g.x(kStep), g.y(67), g.x(6 * kStep), g.y(58));
  input_for_platform().shift = false;
  CHECK(g.app().selection().size() == 2);
  CHECK(g.notes().size() == 3);

  g.press_item(Role::kButton, "Select");
  g.drag(g.x(10 * kStep), g.y(67), g.x(14 * kStep), g.y(58));
  CHECK(g.app().selection().size() == 1);
  g.drag(g.x(20 * kStep), g.y(67), g.x(24 * kStep), g.y(58));
  CHECK(g.app().selection().empty());
  CHECK(g.notes().size() == 3);
}

TEST_CASE("a click on the ruler seeks, a drag sets the loop") {
  Grid g;
  const float ruler = g.layout().ruler.y + 10;
  g.click(g.x(8 * kStep) + 2, ruler);
  CHECK(g.app().song_tick() == doctest::Approx(8 * kStep));
  g.drag(g.x(4 * kStep), ruler, g.x(20 * kStep), ruler);
  CHECK(g.app().loop());
  CHECK(g.app().loop_start() == 4 * kStep);
  CHECK(g.app().loop_end() == 20 * kStep);
  g.app().undo();
  CHECK_FALSE(g.app().loop());
}

TEST_CASE("the piano at the left plays, also gliding from key to key") {
  Grid g;
  g.move(20, g.y(60));
  g.press();
  CHECK(g.heard(60));
  g.move(20, g.y(62));
  CHECK(g.heard(62));
  CHECK_FALSE(g.heard(60));
  g.release();
  CHECK_FALSE(g.heard(62));
  CHECK(g.notes().empty());
}

TEST_CASE("the loudness lane sets how hard notes are played") {
  Grid g;
  g.press_item(Role::kButton, "Loudness lane");
  for (int i = 0; i < 4; ++i) g.add(i * 4 * kStep, 60 + i);
  g.frames(2);
  const Rect lane = g.layout().lane;
  REQUIRE(lane.h > 40);
  g.drag(g.x(0) + 1, bottom(lane) - 2, g.x(12 * kStep) + 3, lane.y + 1);       // a ramp over all four
  const std::vector<SongNote> notes = g.notes();
  CHECK(notes[0].velocity < 20);
  CHECK(notes[3].velocity > 110);
  CHECK(notes[1].velocity > notes[0].velocity);
  CHECK(notes[2].velocity > notes[1].velocity);
  g.app().undo();
  CHECK(g.notes()[0].velocity == 100);
  CHECK(g.notes()[3].velocity == 100);
}

TEST_CASE("Escape in the middle of a drag puts everything back") {
  Grid g;
  g.add(4 * kStep, 60, 2 * kStep);
  g.move(g.x(5 * kStep), g.y(60));
  g.press();
  g.move(g.x(11 * kStep), g.y(66));
  CHECK(g.notes()[0].key == 66);
  CHECK(grid_cancel(g.app()));
  g.release();
  CHECK(g.notes()[0].start == 4 * kStep);
  CHECK(g.notes()[0].key == 60);
}

TEST_CASE("a finger: tap adds and removes, a stroke scrolls, a long press moves") {
  Grid g;
  const float x = g.x(4 * kStep) + 10, y = g.y(64);
  g.touch_down(1, x, y);
  g.touch_up(1);
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].start == 4 * kStep);
  g.frame(1000);
  g.touch_down(1, x, y);
  g.touch_up(1);
  CHECK(g.notes().empty());

  g.frame(1000);
  g.touch_down(1, 600, 300);
  g.touch_move(1, 580, 300);
  g.touch_move(1, 500, 300);
  g.touch_up(1);
  CHECK(g.notes().empty());
  CHECK(g.app().grid().first_tick > 500);

  g.app().grid().first_tick = 0;
  g.add(4 * kStep, 64, 4 * kStep);
  g.frames(2);
  g.frame(1000);
  g.touch_down(1, g.x(6 * kStep), g.y(64));
  g.frame(400);
  g.touch_move(1, g.x(8 * kStep), g.y(62));
  g.touch_move(1, g.x(8 * kStep) + 1, g.y(62));
  g.touch_up(1);
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].start == 6 * kStep);
  CHECK(g.notes()[0].key == 62);
}

TEST_CASE("two fingers scroll and zoom and take back what the first had begun") {
  Grid g;
  g.add(4 * kStep, 64, 4 * kStep);
  g.touch_down(1, g.x(6 * kStep), g.y(64));
  g.frame(400);                                                    // grabbed
  g.touch_move(1, g.x(9 * kStep), g.y(64));
  const double zoom = g.app().grid().pixels_per_quarter;
  g.pinch(500, 300, 0, 0, 1.5f, 1);
  CHECK(g.app().grid().pixels_per_quarter == doctest::Approx(zoom * 1.5));
  g.touch_up(1);
  CHECK(g.notes()[0].start == 4 * kStep);
}

TEST_CASE("the wheel scrolls; with Ctrl it zooms around the pointer") {
  Grid g;
  g.move(500, 300);
  const float top = g.app().grid().top_key;
  g.wheel(0, 40);
  CHECK(g.app().grid().top_key == doctest::Approx(top - 2));
  g.wheel(96, 0);
  CHECK(g.app().grid().first_tick == doctest::Approx(kTicksPerQuarter));
  const double under = g.layout().tick_at(500);
  input_for_platform().ctrl = true;
  g.wheel(0, -100);
  g.frames(1);
  CHECK(g.app().grid().pixels_per_quarter > 96);
  CHECK(g.layout().tick_at(500) == doctest::Approx(under));
}

TEST_CASE("easy scale: what is added fits the key") {
  Grid g;
  g.app().set_key_root(0);
  g.app().set_scale(0);
  g.app().set_easy_scale(true);
  g.click(g.x(0) + 5, g.y(61));
  REQUIRE(g.notes().size() == 1);
  CHECK(g.notes()[0].key == 60);
}

TEST_CASE("the view follows the playhead when it jumps away, and stays where a person scrolled") {
  Grid g;
  g.app().seek(64 * kStep);
  g.frames(2);
  CHECK(g.app().grid().first_tick == doctest::Approx(64 * kStep));
  g.app().grid().first_tick = 0;
  g.frames(3);
  CHECK(g.app().grid().first_tick == 0);
}

TEST_CASE("twenty thousand notes: only what is visible is drawn, and crowded pixels are drawn once") {
  Grid g;
  Ops ops;
  const Id clip = clip_for(g.app().document_for_ids(), ops, g.app().current_track(), 0, 5000 * kStep);
  for (int i = 0; i < 20000; ++i) {
    Note note;
    note.clip = clip, note.start = Tick(i / 4) * kStep, note.length = kStep, note.key = 48 + i % 4 * 7;
    add_note(g.app().document_for_ids(), ops, note);
  }
  g.app().edit(ops, "many");
  g.frames(2);
  CHECK(g.vertices() < 30'000);
  g.app().grid().pixels_per_quarter = 4;                           // all of it in about one screen
  g.frames(2);
  CHECK(g.vertices() < 60'000);
  CHECK(g.notes().size() == 20000);
}

TEST_CASE("in the whole studio a click in the grid adds a note, whatever was drawn before it") {
  Stage s(ScreenSize{1600, 950, 0, 0});
  const auto count = [&] { return note_grid_state().notes.of(s.app(), s.app().current_track()).notes.size(); };
  s.app().touch();
  const size_t before = count();
  const Rect notes = note_grid_state().frame.notes;
  s.click(notes.x + notes.w * 0.45f, notes.y + notes.h * 0.7f);
  CHECK(count() == before + 1);
}
