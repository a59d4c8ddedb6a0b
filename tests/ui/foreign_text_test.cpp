// Names in scripts our fonts have no letters for: shown as pictures the machine draws, once, and never as boxes.
#include <algorithm>
#include <cstdint>

#include "doctest/doctest.h"
#include "tests/ui/stage.h"
#include "ui/views/track_list.h"
#include "ui/widgets/foreign_text.h"

using namespace arietta;
using namespace arietta::ui;
using test::asked;
using test::Stage;

namespace {

bool is_picture(const ImDrawCmd& command) { return intptr_t(command.TextureId) > 1000; }

int pictures_shown() {
  int count = 0;
  for (ImDrawList* list : ImGui::GetDrawData()->CmdLists)
    for (const ImDrawCmd& command : list->CmdBuffer) count += is_picture(command);
  return count;
}

float right_edge_of_picture() {
  float most = 0;
  for (ImDrawList* list : ImGui::GetDrawData()->CmdLists)
    for (const ImDrawCmd& command : list->CmdBuffer)
      for (unsigned i = 0; is_picture(command) && i < command.ElemCount; ++i)
        most = std::max(most, list->VtxBuffer[int(list->IdxBuffer[int(command.IdxOffset + i)])].pos.x);
  return most;
}

struct Tracks : Stage {
  Tracks() : Stage(draw_track_list, {0, 0, 300, 800}) { forget_foreign_text(); asked() = {}; }
  void rename(size_t track, const std::string& name) {
    Ops ops;
    set_field(ops, app().document().children(kSongId, Kind::track).at(track), Kind::track, field::track::name, name);
    app().edit(ops, "rename");
    frames(3);
  }
};

// Draws the text in a field of its own.
std::string g_text;
Rect g_field;
void draw_text(App&, Rect) { write(g_field, g_text, font_text(), tokens().color.text); }

}  // namespace

TEST_CASE("a name in letters we have is text; in others it is a picture, made once; the mirror has the words") {
  Tracks s;
  s.rename(1, "Żółć Ελλάς Ёж “ – …");
  CHECK(asked().text_images == 0);
  s.rename(1, "さくら");
  s.frames(20);
  CHECK(asked().text_images == 1);
  CHECK(pictures_shown() == 1);
  CHECK(s.count(Role::kListItem, "さくら") == 1);
  s.rename(2, "Drums 🥁");
  CHECK(pictures_shown() == 2);
}

TEST_CASE("a picture too wide for its place is cut with dots, one that fits is not") {
  g_text = "שלום עולם";
  g_field = {0, 0, 1000, 20};
  Stage s(draw_text, {0, 0, 1000, 20});
  const float width = text_width(g_text, font_text()), dots = text_width("…", font_text());
  const int vertices = s.vertices();
  CHECK(right_edge_of_picture() == doctest::Approx(width).epsilon(0.02));
  g_field.w = 60;
  s.frames(2);
  CHECK(right_edge_of_picture() == doctest::Approx(60).epsilon(0.02));           // it begins on the right, the dots are on the left
  CHECK(s.vertices() > vertices);
  g_text = "さくらさくらさくら";
  s.frames(2);
  CHECK(right_edge_of_picture() == doctest::Approx(60 - dots).epsilon(0.02));
}

TEST_CASE("pictures nobody sees any more are dropped; a lost context has them made again") {
  g_field = {0, 0, 300, 20};
  g_text = "曲";
  Stage s(draw_text, {0, 0, 300, 20});
  forget_foreign_text();
  asked() = {};
  for (int i = 0; i < 300; ++i) {
    g_text = "曲" + std::to_string(i);
    s.frames(2);
  }
  CHECK(asked().text_images == 300);
  CHECK(asked().text_images - asked().text_images_dropped <= 130);
  forget_foreign_text();
  CHECK(asked().text_images == asked().text_images_dropped);
  s.frame();
  CHECK(asked().text_images == 301);
}
