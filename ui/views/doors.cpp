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
    {Text::kOpenMidiFile, kIconFileMusic, Look::kPlain, "open"},
    {Text::kStartFromNothing, kIconSparkles, Look::kPlain, "new"},
};
constexpr float kDoorHeight = 52, kDoorWidth = 212;

}  // namespace

void draw_doors(App& app, Rect over) {
  if (over.w <= 0 || over.h <= 0) return;
  const Tokens& t = tokens();
  const int count = int(std::size(kDoors));
  const float row_width = float(count) * kDoorWidth + float(count - 1) * t.space_2 + 2 * t.space_3;
  const bool stacked = over.w < row_width + 2 * t.space_4;
  const float width = stacked ? std::min(over.w - 2 * t.space_4, 320.f) : row_width;
  const float height = (stacked ? float(count) * kDoorHeight + float(count - 1) * t.space_2 : kDoorHeight) + 2 * t.space_3;
  if (height > over.h) return;
  const Rect card{over.x + (over.w - width) / 2, bottom(over) - height - t.space_4, width, height};

  const Layer layer("doors", card);
  fill(card, t.color.surface_raised, t.radius_large + 4);
  outline(card, t.color.line, t.radius_large + 4, t.line);
  app.mirror().open(Role::kGroup, tr(Text::kWelcome), card);
  Rect rest = inset(card, t.space_3);
  for (const Door& door : kDoors) {
    const Rect r = stacked ? take_top(rest, kDoorHeight, t.space_2) : take_left(rest, kDoorWidth, t.space_2);
    Button b;
    b.name = b.words = tr(door.name);
    b.icon = door.icon;
    b.look = door.look;
    if (!button(app.mirror(), r, b)) continue;
    app.touch();
    run_command(app, door.command);
    app.touch_screen();
  }
  app.mirror().close();
}

}  // namespace arietta::ui
