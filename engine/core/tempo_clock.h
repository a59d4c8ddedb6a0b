// The tempo map as the engine uses it: ticks to seconds and back, in doubles (a 24-hour song is exact to a
// nanosecond). A preview tempo stands in for the whole map.
#pragma once
#include "base/arena.h"
#include "base/rt.h"
#include "plan/plan_format.h"

namespace arietta {

class TempoClock {
 public:
  bool prepare(Arena& arena);                                            // [setup]
  void set_map(span<const PlanTempo> tempos) ARIETTA_RT;                 // [audio]
  void set_preview(double quarters_per_minute) ARIETTA_RT;               // [audio] 0 ends it

  double seconds_at(double tick) const ARIETTA_RT;                       // [audio]
  double tick_at(double seconds) const ARIETTA_RT;                       // [audio]
  double quarters_per_minute_at(double tick) const ARIETTA_RT;           // [audio]

 private:
  struct Point {
    double tick, seconds;
    double seconds_per_tick;      // from here to the next point
  };
  const Point& point_before(double value, double Point::*field) const;

  span<Point> points_;            // kMaxTempos, of which count_ are in use
  size_t count_ = 0;
  Point preview_{};
  bool previewing_ = false;
  mutable size_t hint_ = 0;       // the point of the last question: playing asks in order
};

}  // namespace arietta
