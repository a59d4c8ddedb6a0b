// What the tracker found, frame by frame, for readers a little behind it. Times and periods in frames of the input.
#pragma once
#include "base/arena.h"

namespace arietta {

struct PitchPoint {
  double time = 0;
  float period = 0;        // where there is no voice: what it would be if there were one; 0 when nobody knows
  float strength = 0;      // 0 noise to 1 perfectly periodic
  bool voiced = false;
};

class PitchTrack {
 public:
  bool prepare(Arena& arena, int points) {                                                       // [setup]
    size_ = 64;
    while (size_ < points) size_ *= 2;
    points_ = arena.array<PitchPoint>(size_t(size_));
    return !points_.empty();
  }
  void reset() { count_ = 0; }                                                                   // [audio]
  void push(const PitchPoint& point) { points_[size_t(count_++ & (size_ - 1))] = point; }        // [audio]

  int64_t count() const { return count_; }
  int64_t oldest() const { return count_ > size_ ? count_ - size_ : 0; }
  const PitchPoint& operator[](int64_t number) const { return points_[size_t(number & (size_ - 1))]; }

  // The point nearest to `time`; the newest when that has not come yet. Only once there is one.   [audio]
  int64_t nearest(double time) const {
    int64_t best = count_ - 1;
    while (best > oldest() && (*this)[best - 1].time > time) --best;
    if (best > oldest() && time - (*this)[best - 1].time < (*this)[best].time - time) --best;
    return best;
  }

 private:
  span<PitchPoint> points_;
  int size_ = 0;
  int64_t count_ = 0;
};

}  // namespace arietta
