// The lane below the notes that shows how one knob moves over the song, and where it is drawn. Mouse and finger: a press on
// a point grabs it, a press beside one draws, a double press or the right button removes. Keys and screen readers: a
// slider for each point.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

float automation_lane_height(const Rect& notes);         // 0 while it is folded away
void draw_automation_lane(App& app, Rect area);          // below the note grid, in step with it
bool automation_lane_open();
void open_automation_lane(bool open);

}  // namespace arietta::ui
