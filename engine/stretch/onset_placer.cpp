#include "stretch/onset_placer.h"

#include <algorithm>
#include <cmath>

namespace arietta {

namespace {

// Below this ratio a window may pass over an onset without ever having it near its middle, so the step nearest to the
// onset's place is aimed at it.
constexpr double kAimBelow = 0.8;

}  // namespace

void OnsetPlacer::prepare(span<const float> analysis, span<const float> synthesis, int hop, int reach) {
  analysis_ = analysis;
  synthesis_ = synthesis;
  hop_ = hop;
  reach_ = reach;
  start();
}

void OnsetPlacer::add(int64_t source_frame) {
  if (count_ == kMost) {
    first_ = (first_ + 1) % kMost;
    --count_;
  }
  onsets_[(first_ + count_++) % kMost] = {source_frame, 0, 1, false};
}

double OnsetPlacer::weight_at(span<const float> window, double offset) const {
  const int place = int(std::lround(offset)) + int(window.size() / 2);
  return place < 0 || place >= int(window.size()) ? 0 : window[size_t(place)];
}

double OnsetPlacer::snapped(double source, int64_t stretched, double ratio, const Onset& onset) const {
  const double away = double(stretched) - onset.stretched;
  if (ratio < kAimBelow && away > -0.5 * hop_ && away <= 0.5 * hop_) return double(onset.source) + away;
  return source;
}

// Of an onset seen at `offset` and going to `target` the share that a window around `target` would let through.
float OnsetPlacer::share(double offset, double target) const {
  if (std::fabs(target - offset) < 0.5) return 1;       // it is where it belongs
  if (std::fabs(target) >= reach_) return 0;
  const double seen = weight_at(analysis_, offset), wanted = weight_at(analysis_, target);
  return seen <= 0 ? 0 : float(std::min(1.0, wanted / seen));
}

// Its place follows from the map of time as it is now and stays. The steps that will see it do not add up to one as
// they would for an even sound; the gain makes up for that.
void OnsetPlacer::place(Onset& onset, double source, int64_t stretched, double ratio) const {
  onset.stretched = double(stretched) + (double(onset.source) - source) * ratio;
  onset.placed = true;
  double total = 0;
  const int64_t steps = 2 + reach_ / hop_;
  const int64_t nearest = int64_t(std::lround((onset.stretched - double(stretched)) / hop_));
  for (int64_t step = nearest - steps; step <= nearest + steps; ++step) {
    const int64_t centre = stretched + step * hop_;
    const double shown = snapped(source + double(step * hop_) / ratio, centre, ratio, onset);
    const double offset = double(onset.source) - shown, target = onset.stretched - double(centre);
    if (std::fabs(target) >= reach_) continue;
    total += share(offset, target) * weight_at(analysis_, offset) * weight_at(synthesis_, target);
  }
  onset.gain = float(std::clamp(1 / std::max(total, 1e-3), 0.5, 3.0));
}

int64_t OnsetPlacer::aim(double source, int64_t stretched, double ratio) {
  const double view = double(analysis_.size() / 2);
  while (count_ > 0) {                                 // those gone by
    const Onset& oldest = onsets_[first_];
    const bool still_heard = oldest.placed && oldest.stretched > double(stretched) - 2 * view;
    if (still_heard || double(oldest.source) > source - 2 * view) break;
    first_ = (first_ + 1) % kMost;
    --count_;
  }
  const double margin = std::max(view, hop_ / ratio);  // far enough to aim the next step
  for (int i = 0; i < count_; ++i) {
    Onset& onset = onsets_[(first_ + i) % kMost];
    if (!onset.placed && double(onset.source) < source + margin) place(onset, source, stretched, ratio);
  }

  double shown = source;
  for (int i = 0; i < count_; ++i) {
    const Onset& onset = onsets_[(first_ + i) % kMost];
    if (onset.placed) shown = snapped(shown, stretched, ratio, onset);
  }
  const int64_t centre = int64_t(std::floor(shown + 0.5));

  seen_count_ = 0;
  double weights[kMostSeen];
  for (int i = 0; i < count_; ++i) {
    const Onset& onset = onsets_[(first_ + i) % kMost];
    const double offset = double(onset.source - centre);
    if (!onset.placed || std::fabs(offset) >= view) continue;
    const double target = onset.stretched - double(stretched);
    const double weight = weight_at(analysis_, offset);
    if (seen_count_ == kMostSeen && weight <= weights[0]) continue;
    if (seen_count_ == kMostSeen) {
      std::copy(weights + 1, weights + kMostSeen, weights);
      std::copy(seen_ + 1, seen_ + kMostSeen, seen_);
      --seen_count_;
    }
    int at = seen_count_++;
    for (; at > 0 && weights[at - 1] > weight; --at) weights[at] = weights[at - 1], seen_[at] = seen_[at - 1];
    weights[at] = weight;
    seen_[at] = {float(offset), float(target - offset), onset.gain * share(offset, target)};
  }
  return centre;
}

}  // namespace arietta
