#include "core/wait_line.h"

#include <cstring>

namespace arietta {

void WaitLine::pass(Block io, bool& silent) {
  if (!waits()) {
    stale_ = true;
    return;
  }
  if (stale_) {
    std::memset(memory_.data(), 0, kBytes);
    stale_ = false;
    quiet_frames_ = kFrames;
  }
  quiet_frames_ = silent ? (quiet_frames_ < kFrames ? quiet_frames_ + io.frames : kFrames) : 0;
  silent = quiet_frames_ >= (wait_ > next_ ? wait_ : next_) + kMaxBlock;
  for (int which = 0; which < 2; ++which) {
    float* line = channel(which);
    float* sound = which ? io.right : io.left;
    std::memcpy(line + at_, sound, size_t(io.frames) * sizeof(float));     // blocks are whole, so the end is never crossed
    const auto past = [&](int frame, int wait) { return line[(at_ + frame - wait) & (kFrames - 1)]; };
    const float step = 1.0f / float(io.frames);
    for (int i = 0; i < io.frames; ++i) {
      const float now = past(i, wait_);
      sound[i] = wait_ == next_ ? now : now + (past(i, next_) - now) * step * float(i + 1);
    }
  }
  at_ = (at_ + io.frames) & (kFrames - 1);
  wait_ = next_;
}

}  // namespace arietta
