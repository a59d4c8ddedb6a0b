// The newest stretch of a stereo source, addressed by its own frame numbers.
#pragma once
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

  // Silence before the start, after the end and before what the ring still holds.                [audio]
  float at(int channel, int64_t frame) const {
    const bool held = frame >= begin_ && frame < end_ && frame + mask_ >= end_;
    return held ? channels_[channel][size_t(frame & mask_)] : 0;
  }

 private:
  span<float> channels_[2];
  int64_t mask_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace arietta
