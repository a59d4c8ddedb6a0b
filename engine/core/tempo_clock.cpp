#include "core/tempo_clock.h"

namespace arietta {
namespace {

double tick_seconds(double quarters_per_minute) { return 60 / (quarters_per_minute * double(kTicksPerQuarter)); }

}  // namespace

bool TempoClock::prepare(Arena& arena) {
  points_ = arena.array<Point>(kMaxTempos);
  if (points_.empty()) return false;
  points_[0] = {0, 0, tick_seconds(120)};
  count_ = 1;
  return true;
}

void TempoClock::set_map(span<const PlanTempo> tempos) {
  double seconds = 0;
  for (size_t i = 0; i < tempos.size(); ++i) {
    if (i > 0) seconds += double(tempos[i].tick - tempos[i - 1].tick) * points_[i - 1].seconds_per_tick;
    points_[i] = {double(tempos[i].tick), seconds, tick_seconds(tempos[i].quarters_per_minute)};
  }
  count_ = tempos.size();
  hint_ = 0;
}

void TempoClock::set_preview(double quarters_per_minute) {
  previewing_ = quarters_per_minute > 0;
  if (previewing_) preview_ = {0, 0, tick_seconds(quarters_per_minute)};
}

double TempoClock::seconds_at(double tick) const {
  const Point& from = point_before(tick, &Point::tick);
  return from.seconds + (tick - from.tick) * from.seconds_per_tick;
}

double TempoClock::tick_at(double seconds) const {
  const Point& from = point_before(seconds, &Point::seconds);
  return from.tick + (seconds - from.seconds) / from.seconds_per_tick;
}

double TempoClock::quarters_per_minute_at(double tick) const {
  return tick_seconds(1) / point_before(tick, &Point::tick).seconds_per_tick;
}

const TempoClock::Point& TempoClock::point_before(double value, double Point::*field) const {
  if (previewing_) return preview_;
  const auto covers = [&](size_t i) {
    return (i == 0 || points_[i].*field <= value) && (i + 1 == count_ || value < points_[i + 1].*field);
  };
  if (!covers(hint_)) {
    size_t low = 0, high = count_;
    while (high - low > 1) {
      const size_t middle = (low + high) / 2;
      if (points_[middle].*field <= value) low = middle;
      else high = middle;
    }
    hint_ = low;
  }
  return points_[hint_];
}

}  // namespace arietta
