// The newest stretch of a stereo source, addressed by its own frame numbers.
#pragma once
#include <algorithm>

#include "base/arena.h"

namespace arietta {

class SourceRing {
 public:
  // `frames`: a power of two.                                                                    [setup]
  bool prepare(int frames, Arena& arena) {
    for (span<float>& channel : channels_) channel = arena.array<float>(size_t(frames));
    mask_ = frames - 1;
    return !channels_[1].empty();
  }
  void start(int64_t first) { begin_ = end_ = first; }                                          // [audio]

  // Appends one frame.                                                                           [audio]
  void push(float left, float right) {
    const size_t place = size_t(end_ & mask_);
    channels_[0][place] = left;
    channels_[1][place] = right;
    ++end_;
  }
  int64_t end() const { return end_; }

  // Copies out `count` frames from `first` on: silence before the start, after the end and before what the ring
  // still holds.                                                                                 [audio]
  void read(int channel, int64_t first, int count, float* to) const {
    const int64_t held_from = std::max(begin_, end_ - mask_ - 1), last = first + count;
    int64_t at = std::clamp(held_from, first, last);
    const int64_t stop = std::clamp(end_, at, last);
    std::fill(to, to + (at - first), 0.0f);
    std::fill(to + (stop - first), to + count, 0.0f);
    while (at < stop) {
      const int64_t run = std::min(stop - at, mask_ + 1 - (at & mask_));
      const float* from = &channels_[channel][size_t(at & mask_)];
      std::copy(from, from + run, to + (at - first));
      at += run;
    }
  }

 private:
  span<float> channels_[2];
  int64_t mask_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace arietta
