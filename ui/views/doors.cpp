#include "ui/views/doors.h"

#include "icons.gen.h"
#include "ui/commands.h"
#include "ui/i18n/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/layer.h"

namespace arietta::ui {
namespace {

struct Door { Text name; const char* icon; Look look; const char* command; };
constexpr Door kDoors[] = {
    {Text::kPlayWithThisSong, kIconPlay, Look::kAccent, "play"},
    {Text::kFinishMyMelody, kIconWandSparkles, Look::kPlain, "continue_melody"},
    {Text::kStartFromNothing, kIconSparkles, Look::kPlain, "new"},
};
constexpr float kDoorHeight = 48, kDoorWidth = 208;

// One row, or on narrow screens the first above the other two.
Rect door_place(const Rect& inner, size_t door, bool stacked) {
  const float gap = tokens().space_2;
  if (!stacked) return {inner.x + float(door) * (kDoorWidth + gap), inner.y, kDoorWidth, kDoorHeight};
  if (door == 0) return {inner.x, inner.y, inner.w, kDoorHeight};
  const float half = (inner.w - gap) / 2;
  return {inner.x + float(door - 1) * (half + gap), inner.y + kDoorHeight + gap, half, kDoorHeight};
}

}  // namespace

void draw_doors(App& app, Rect over) {
  if (over.w <= 0 || over.h <= 0) return;
  const Tokens& t = tokens();
  const float gap = t.space_2, edge = t.space_2;
  const float row_width = 3 * kDoorWidth + 2 * gap + 2 * edge;
  const bool stacked = over.w < row_width + 2 * t.space_4;
  const float width = stacked ? std::min(over.w - 2 * t.space_2, 420.f) : row_width;
  const float height = (stacked ? 2 * kDoorHeight + gap : kDoorHeight) + 2 * edge;
  if (height > over.h) return;
  const Rect card{over.x + (over.w - width) / 2, bottom(over) - height - (stacked ? t.space_2 : t.space_6), width, height};

  const Layer layer("doors", card);
  fill(card, t.color.surface, t.radius_large + 4);
  outline(card, t.color.line_strong, t.radius_large + 4, t.line);
  app.mirror().open(Role::kGroup, tr(Text::kWelcome), card);
  const Rect inner = inset(card, edge);
  for (size_t i = 0; i < std::size(kDoors); ++i) {
    const Door& door = kDoors[i];
    const Rect r = door_place(inner, i, stacked);
    Button b;
    b.name = b.words = tr(door.name);
    b.look = door.look;
    if (button_width({b.name, door.icon, b.words}) <= r.w) b.icon = door.icon;
    if (!button(app.mirror(), r, b)) continue;
    app.touch();
    run_command(app, door.command);
    app.touch_screen();
  }
  app.mirror().close();
}

}  // namespace arietta::ui
