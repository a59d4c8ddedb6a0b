// What the note grid remembers between frames that is no part of the song: tool, drag, caches. There is one grid on
// the screen, so there is one of these.   [main]
#pragma once
#include <unordered_set>

#include "ui/views/grid_frame.h"
#include "ui/views/note_index.h"

namespace arietta::ui {

enum class GridTool : uint8_t { kDraw, kSelect };
enum class GridAction : uint8_t {
  kNone, kPress,                                         // kPress: a finger is down, what it means is not known yet
  kAdd, kMove, kStretchEnd, kStretchStart, kBox, kErase, kVelocity, kScroll, kSeek, kLoop, kKeys,
};

struct GridDrag {
  GridAction action = GridAction::kNone;
  float start_x = 0, start_y = 0;                        // where it began
  float last_x = 0, last_y = 0;
  double start_ms = 0;
  uint64_t revision = 0;                                 // of the song before it
  bool moved = false;                                    // further than a trembling hand
  SongNote note{};                                       // the one grabbed, as it was
  Tick earliest = 0;                                     // of everything that moves along
  int lowest_key = 0, highest_key = 127;
  Tick moved_by = 0;                                     // applied to the song so far
  int moved_keys = 0;
  Tick loop_from = 0;
  std::unordered_set<Id> box_base;                       // selected before the box began
  Rect box;
};

struct NoteGridState {
  GridTool tool = GridTool::kDraw;
  bool snap = true;
  bool lane_open = false;
  bool cursor_shown = false;                             // after a key, until the mouse is used
  bool mirror_has_focus = false;                         // the DOM's focus is on one of the cells
  double playhead_tick = 0;                              // as last drawn
  Id fitted_track = 0;                                   // whose keys the view was last centred on
  Id last_added = 0;                                     // a second click on it is no double click
  GridFrame frame;                                       // as last drawn
  NoteIndex notes;
  GridDrag drag;
};

NoteGridState& note_grid_state();

// What positions snap to: 1 tick when snapping is off or the person holds Alt.
inline Tick grid_step(App& app, bool free) { return free || !note_grid_state().snap ? 1 : app.grid().step; }

}  // namespace arietta::ui
