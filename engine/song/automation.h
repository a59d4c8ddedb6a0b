// Automation: where a parameter is over the song, as points under its device. Before the first and after the last point
// the value stays; between two it goes straight along the knob's way, or stays and jumps.   [main]
#pragma once
#include <vector>

#include "params/param_table.h"
#include "song/document.h"

namespace arietta {

struct AutomationPoint {
  Id id = 0;
  Tick tick = 0;
  float plain = 0;
  bool holds = false;                                    // stays until the next point, then jumps
  bool operator==(const AutomationPoint&) const = default;
};
using AutomationPoints = std::vector<AutomationPoint>;

AutomationPoints points_of(const Document&, Id device, uint16_t param);      // by tick, then id
std::vector<uint16_t> automated_params(const Document&, Id device);          // ascending; those a person may automate
bool is_automated(const Document&, Id device, uint16_t param);

// Where the knob stands at a tick, 0 to 1, and the value there. `points` must not be empty.
float position_at(const ParamInfo&, const AutomationPoints& points, double tick);
float plain_at(const ParamInfo&, const AutomationPoints& points, double tick);

// Writers append to `ops`. A point where one is already moves that one.
Id put_point(Document&, Ops& ops, Id device, uint16_t param, Tick tick, float plain);
void move_point(Ops& ops, const AutomationPoint& before, Tick tick, float plain);
void remove_points(const Document&, Ops& ops, Id device, uint16_t param, Tick from, Tick to);   // both ends too

// The same way in fewer points: no knob is further from it than `tolerance` of its travel.
// Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points", Cartographica 10(2), 1973.
AutomationPoints simplified(const ParamInfo&, const AutomationPoints& points, float tolerance);

}  // namespace arietta
