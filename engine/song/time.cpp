#include "song/time.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr int64_t kDefaultUsPerQuarter = 500'000;
constexpr Tick kTicksPerWhole = 4 * kTicksPerQuarter;

constexpr double kTicksTimesUsPerSecond = double(kTicksPerQuarter) * 1e6;

Tick bar_ticks(const MeterPoint& meter) { return kTicksPerWhole / meter.beat_unit * meter.beats; }

int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Index of the last point at or before `value`; the first point holds for everything before it.
template <class Points, class T, class Get>
size_t point_at(const Points& points, T value, Get get) {
  const auto after = std::upper_bound(points.begin(), points.end(), value,
                                      [&](T v, const auto& point) { return v < get(point); });
  return after == points.begin() ? 0 : size_t(after - points.begin()) - 1;
}

// Puts a point into a list that grows in tick order; of several at one tick the last one counts.
template <class Point>
void put(std::vector<Point>& points, const Point& point) {
  if (points.back().tick == point.tick) points.back() = point;
  else points.push_back(point);
}

}  // namespace

TimeMap::TimeMap(const Document& document) {
  tempos_.push_back({0, kDefaultUsPerQuarter});
  for (Id id : document.children(kSongId, Kind::tempo)) {
    const Entity& tempo = *document.find(id);
    put(tempos_, {tempo.integer(field::tempo::tick), tempo.integer(field::tempo::us_per_quarter)});
  }
  seconds_.push_back(0);
  for (size_t i = 1; i < tempos_.size(); ++i)
    seconds_.push_back(seconds_[i - 1] + double(tempos_[i].tick - tempos_[i - 1].tick) *
                                             double(tempos_[i - 1].us_per_quarter) / kTicksTimesUsPerSecond);

  meters_.push_back({0, 4, 4});
  for (Id id : document.children(kSongId, Kind::meter)) {
    const Entity& meter = *document.find(id);
    put(meters_, {meter.integer(field::meter::tick), int(meter.integer(field::meter::beats)),
                  int(meter.integer(field::meter::beat_unit))});
  }
  // A meter change begins a bar, even in the middle of one: the bar before it is cut short.
  bars_.push_back(0);
  for (size_t i = 1; i < meters_.size(); ++i) {
    const Tick bar = bar_ticks(meters_[i - 1]);
    bars_.push_back(bars_[i - 1] + (meters_[i].tick - meters_[i - 1].tick + bar - 1) / bar);
  }
}

double TimeMap::seconds_at(Tick tick) const {
  const size_t i = point_at(tempos_, tick, [](const TempoPoint& p) { return p.tick; });
  return seconds_[i] + double(tick - tempos_[i].tick) * double(tempos_[i].us_per_quarter) / kTicksTimesUsPerSecond;
}

Tick TimeMap::tick_at(double seconds) const {
  const size_t i = point_at(seconds_, seconds, [](double s) { return s; });
  const double ticks = (seconds - seconds_[i]) * kTicksTimesUsPerSecond / double(tempos_[i].us_per_quarter);
  // The small push makes tick_at(seconds_at(t)) give t back despite rounding.
  return tempos_[i].tick + Tick(std::floor(ticks + 1e-4));
}

double TimeMap::quarters_per_minute_at(Tick tick) const {
  const size_t i = point_at(tempos_, tick, [](const TempoPoint& p) { return p.tick; });
  return 60e6 / double(tempos_[i].us_per_quarter);
}

MeterPoint TimeMap::meter_at(Tick tick) const {
  return meters_[point_at(meters_, tick, [](const MeterPoint& p) { return p.tick; })];
}

Tick TimeMap::ticks_per_beat_at(Tick tick) const { return kTicksPerWhole / meter_at(tick).beat_unit; }

Tick TimeMap::ticks_per_bar_at(Tick tick) const { return bar_ticks(meter_at(tick)); }

BarBeat TimeMap::bar_at(Tick tick) const {
  const size_t i = point_at(meters_, tick, [](const MeterPoint& p) { return p.tick; });
  const Tick beat = kTicksPerWhole / meters_[i].beat_unit, bar = bar_ticks(meters_[i]);
  const Tick inside = tick - meters_[i].tick;
  const int64_t bars = floor_divide(inside, bar);
  const Tick in_bar = inside - bars * bar;
  return {bars_[i] + bars, int(in_bar / beat), in_bar % beat};
}

Tick TimeMap::tick_of_bar(int64_t bar) const {
  const size_t i = point_at(bars_, bar, [](int64_t b) { return b; });
  return meters_[i].tick + (bar - bars_[i]) * bar_ticks(meters_[i]);
}

}  // namespace arietta
