// Where things are in the note grid: rectangles of its parts, and song time <-> x, key <-> y. Built each frame from
// the App's GridView; pure arithmetic, so it is tested without a screen. Pixels are CSS pixels.   [any]
#pragma once
#include "ui/app.h"
#include "ui/rect.h"

namespace arietta::ui {

struct GridFrame {
  Rect all, tools, ruler, keys, notes, lane;     // lane has no height while it is folded away
  double first_tick = 0, pixels_per_tick = 0.1;
  float top_key = 84, key_height = 18;           // top_key: the key whose upper edge is the top of `notes`

  float x_of(double tick) const { return notes.x + float((tick - first_tick) * pixels_per_tick); }
  double tick_at(float x) const { return first_tick + double(x - notes.x) / pixels_per_tick; }
  float y_of(int key) const { return notes.y + (top_key - float(key)) * key_height; }      // upper edge of the row
  int key_at(float y) const;
  double last_tick() const { return tick_at(notes.x + notes.w); }
  int highest_key() const { return key_at(notes.y); }
  int lowest_key() const { return key_at(notes.y + notes.h - 1); }
  float keys_visible() const { return notes.h / key_height; }
};

// Divides the area; the lane gets a quarter of the height at most.
GridFrame make_grid_frame(const GridView& view, Rect area, bool compact, float lane_height, float tools_height);

// Keeps the view on the song: not before 0, not above key 127 or below key 0, zoom within reason.
void clamp_view(GridView& view, const GridFrame& frame);

// Zooms by a factor around a point of the screen that stays where it is.
void zoom_time(GridView& view, const GridFrame& frame, float x, double factor);
void zoom_keys(GridView& view, const GridFrame& frame, float y, double factor);

// The latest multiple of the step, counted from the bar's start, at or before `tick` / nearest to it.
Tick snap_down(const TimeMap& time, Tick step, double tick);
Tick snap_near(const TimeMap& time, Tick step, double tick);

}  // namespace arietta::ui
