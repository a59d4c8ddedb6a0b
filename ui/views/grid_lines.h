// Which bar, beat and step lines a stretch of time shows, by the meter map and the zoom.   [any]
#pragma once
#include <vector>

#include "song/time.h"

namespace arietta::ui {

enum class LineKind : uint8_t { kStep, kBeat, kBar };
struct GridLine {
  Tick tick;
  LineKind kind;
  int64_t bar;                        // for bars: its number, from 0
};

// Lines in [from, to], weaker ones left out where they would stand closer than `gap` pixels; of crowded bars every
// second, fourth, eighth ... is kept.
std::vector<GridLine> grid_lines(const TimeMap& time, Tick from, Tick to, Tick step, double pixels_per_tick, float gap = 9);

}  // namespace arietta::ui
