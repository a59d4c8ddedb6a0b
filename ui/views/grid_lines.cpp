#include "ui/views/grid_lines.h"

#include <algorithm>

namespace arietta::ui {

std::vector<GridLine> grid_lines(const TimeMap& time, Tick from, Tick to, Tick step, double pixels_per_tick, float gap) {
  std::vector<GridLine> lines;
  from = std::max<Tick>(0, from);
  const auto room = [&](Tick ticks) { return double(ticks) * pixels_per_tick >= double(gap); };
  int64_t stride = 1;
  while (!room(time.ticks_per_bar_at(from) * stride) && stride < 1 << 16) stride *= 2;
  for (int64_t bar = time.bar_at(from).bar / stride * stride;; bar += stride) {
    const Tick start = time.tick_of_bar(bar);
    if (start > to) return lines;
    if (start >= from) lines.push_back({start, LineKind::kBar, bar});
    const Tick beat = time.ticks_per_beat_at(start), next = time.tick_of_bar(bar + 1);
    if (stride > 1 || !room(beat)) continue;
    const bool steps = step > 1 && room(step);
    // Steps and beats need not share a rhythm (triplets): both walks start at the bar.
    Tick next_beat = start + beat, next_step = steps ? start + step : next;
    while (std::min(next_beat, next_step) < std::min(next, to + 1)) {
      const bool on_beat = next_beat <= next_step;
      const Tick at = on_beat ? next_beat : next_step;
      if (at >= from) lines.push_back({at, on_beat ? LineKind::kBeat : LineKind::kStep, bar});
      if (next_step == at) next_step += step;
      if (next_beat == at) next_beat += beat;
    }
  }
}

}  // namespace arietta::ui
