// Keeps a stereo signal back by whole frames, so that paths through slower and faster devices come out together. A new
// wait is faded to within a block. While there is nothing to wait for it costs nothing.
#pragma once
#include "base/rt.h"
#include "dsp/block.h"

namespace arietta {

class WaitLine {
 public:
  static constexpr int kFrames = 16384;                     // 340 ms at 48 kHz; the slowest voice effects need some 100 ms
  static constexpr int kLongest = kFrames - kMaxBlock;
  static constexpr size_t kBytes = 2 * kFrames * sizeof(float);

  void lend(MutableBytes memory) { memory_ = memory; wait_ = next_ = 0; stale_ = true; }   // [audio] kBytes, or none
  MutableBytes memory() const { return memory_; }

  void set_wait(int frames) ARIETTA_RT {                    // [audio] longer than kLongest is kLongest; without memory 0
    next_ = memory_.empty() ? 0 : frames < kLongest ? frames : kLongest;
  }
  bool waits() const { return wait_ > 0 || next_ > 0; }

  // One whole block, in place; `silent` says so of the input and then of the output.        [audio]
  void pass(Block io, bool& silent) ARIETTA_RT;

 private:
  float* channel(int which) const { return reinterpret_cast<float*>(memory_.data()) + which * kFrames; }

  MutableBytes memory_{};
  int wait_ = 0, next_ = 0;        // frames; while they differ, the coming block fades from one to the other
  int at_ = 0;
  int quiet_frames_ = 0;           // since the last input that was not silent
  bool stale_ = true;              // what the memory holds is from another time
};

}  // namespace arietta
