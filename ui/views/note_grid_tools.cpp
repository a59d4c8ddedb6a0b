#include "ui/views/note_grid_tools.h"

#include <algorithm>

#include "icons.gen.h"
#include "ui/i18n/text.h"
#include "ui/views/automation_lane.h"
#include "ui/views/note_grid.h"
#include "ui/views/note_grid_state.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

namespace arietta::ui {
namespace {

struct SnapChoice { Tick step; const char* words; };
constexpr Tick kWhole = 4 * kTicksPerQuarter;
constexpr SnapChoice kSnaps[] = {{kWhole / 4, "1/4"}, {kWhole / 8, "1/8"}, {kWhole / 16, "1/16"}, {kWhole / 32, "1/32"},
                                 {kWhole / 6, "1/4 T"}, {kWhole / 12, "1/8 T"}, {kWhole / 24, "1/16 T"}};
constexpr int kSnapOff = int(std::size(kSnaps));
constexpr double kZoomStep = 1.4;
constexpr float kSnapWidth = 116, kSnapNarrow = 76;
constexpr int kButtons = 7;

const std::vector<std::string>& snap_options() {
  static const std::vector<std::string> options = [] {
    std::vector<std::string> made;
    for (const SnapChoice& snap : kSnaps) made.push_back(snap.words);
    made.push_back(tr(Text::kSnapOff));
    return made;
  }();
  return options;
}

void tool_button(App& app, const Rect& r, GridTool tool, Text name, const char* icon) {
  NoteGridState& state = note_grid_state();
  Button b;
  b.name = tr(name);
  b.icon = icon;
  b.pressed = state.tool == tool;
  if (button(app.mirror(), r, b)) state.tool = tool;
}

void snap_combo(App& app, const Rect& r, bool narrow) {
  NoteGridState& state = note_grid_state();
  int chosen = kSnapOff;
  for (int i = 0; i < kSnapOff && state.snap; ++i)
    if (kSnaps[i].step == app.grid().step) chosen = i;
  Combo c{tr(Text::kSnap), snap_options(), chosen, narrow ? nullptr : kIconMagnet};
  if (!combo(app.mirror(), r, c, chosen)) return;
  state.snap = chosen != kSnapOff;                       // off keeps the step: new notes and the cursor still need one
  if (state.snap) app.grid().step = kSnaps[chosen].step;
}

// A quiet button that does one thing.
bool action(App& app, const Rect& r, Text name, const char* icon, bool disabled = false) {
  Button b;
  b.name = tr(name);
  b.icon = icon;
  b.disabled = disabled;
  return button(app.mirror(), r, b);
}

void clipboard_buttons(App& app, Rect& rest, float width) {
  const bool none = app.selection().empty();
  if (action(app, take_left(rest, width), Text::kCopyNotes, kIconCopy, none)) app.copy_selection();
  if (action(app, take_left(rest, width), Text::kPasteNotes, kIconClipboardPaste)) app.paste_at(app.cursor().tick);
}

void zoom_buttons(App& app, Rect& rest, float width) {
  if (action(app, take_right(rest, width), Text::kZoomIn, kIconZoomIn)) grid_zoom(app, kZoomStep);
  if (action(app, take_right(rest, width), Text::kZoomOut, kIconZoomOut)) grid_zoom(app, 1 / kZoomStep);
}

}  // namespace

void draw_grid_tools(App& app) {
  NoteGridState& state = note_grid_state();
  const Tokens& t = tokens();
  app.mirror().open(Role::kToolbar, tr(Text::kNoteTools), state.frame.tools);
  Rect rest = inset(state.frame.tools, t.space_1, t.space_1 / 2);
  const bool narrow = rest.w < kSnapWidth + (kButtons + 2) * t.touch + 2 * t.space_1;
  const float snap = narrow ? kSnapNarrow : kSnapWidth;
  const float width = std::min(t.touch, (rest.w - snap - 2 * t.space_1) / kButtons);   // on a phone they share what there is
  tool_button(app, take_left(rest, width), GridTool::kDraw, Text::kDraw, kIconPencil);
  tool_button(app, take_left(rest, width, t.space_1), GridTool::kSelect, Text::kSelect, kIconMousePointer2);
  snap_combo(app, inset(take_left(rest, snap, t.space_1), 0, t.space_1), narrow);
  if (action(app, take_left(rest, width), Text::kDeleteNotes, kIconTrash2, app.selection().empty())) app.delete_selection();
  // Two fingers zoom on a phone: while notes are selected there, copying takes the place of the zoom buttons.
  const bool copying = state.tool == GridTool::kSelect;
  if (!narrow || copying) clipboard_buttons(app, rest, width);
  if (!narrow || !copying) zoom_buttons(app, rest, width);
  Button lane;
  lane.name = tr(Text::kLoudnessLane);
  lane.icon = kIconSlidersVertical;
  lane.pressed = state.lane_open;
  if (button(app.mirror(), take_right(rest, width), lane)) state.lane_open = !state.lane_open;
  Button automation;
  automation.name = tr(Text::kAutomation);
  automation.icon = kIconSpline;
  automation.pressed = automation_lane_open();
  if (button(app.mirror(), take_right(rest, width), automation)) open_automation_lane(!automation_lane_open());
  app.mirror().close();
}

}  // namespace arietta::ui
