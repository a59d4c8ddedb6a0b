// Musical time: ticks, bars and beats, seconds. Ticks are integers; only seconds are floating point.
#pragma once
#include <vector>

#include "song/document.h"

namespace arietta {

struct TempoPoint { Tick tick; int64_t us_per_quarter; };
struct MeterPoint { Tick tick; int beats; int beat_unit; };
struct BarBeat { int64_t bar; int beat; Tick rest; };      // bar and beat count from 0; people see them from 1

// Both maps of a song, sorted, always with a point at tick 0. Build it anew when the document's revision moved.
class TimeMap {
 public:
  explicit TimeMap(const Document& document);

  double seconds_at(Tick tick) const;                      // [main]
  Tick tick_at(double seconds) const;
  double quarters_per_minute_at(Tick tick) const;
  MeterPoint meter_at(Tick tick) const;
  Tick ticks_per_beat_at(Tick tick) const;
  Tick ticks_per_bar_at(Tick tick) const;
  BarBeat bar_at(Tick tick) const;
  Tick tick_of_bar(int64_t bar) const;

  const std::vector<TempoPoint>& tempos() const { return tempos_; }
  const std::vector<MeterPoint>& meters() const { return meters_; }

 private:
  std::vector<TempoPoint> tempos_;
  std::vector<double> seconds_;        // at each tempo point
  std::vector<MeterPoint> meters_;
  std::vector<int64_t> bars_;          // number of the bar that begins at each meter point
};

}  // namespace arietta
