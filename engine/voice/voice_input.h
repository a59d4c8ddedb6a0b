// The last moments of a sound, kept so that any stretch of them reads as one piece: a ring written twice.
// Frames are counted from the start of the sound; what lies before the start is silence.
#pragma once
#include "base/arena.h"

namespace arietta {

class VoiceInput {
 public:
  // Keeps at least the last `frames`. False when the arena is full.                             [setup]
  bool prepare(Arena& arena, int frames) {
    size_ = 64;
    while (size_ < frames) size_ *= 2;
    frames_ = arena.array<float>(size_t(2 * size_));
    return !frames_.empty();
  }
  void reset() {                                                                                 // [audio]
    for (float& frame : frames_) frame = 0;
    end_ = 0;
  }

  void push(float value) {                                                                       // [audio]
    const size_t place = size_t(end_++ & (size_ - 1));
    frames_[place] = frames_[place + size_t(size_)] = value;
  }
  void write(const float* from, int frames) {                                                    // [audio]
    for (int i = 0; i < frames; ++i) push(from[i]);
  }

  // The number of the next frame to come.                                                      [audio]
  int64_t end() const { return end_; }
  // The frames from number `from` on, up to end(); `from` may lie back as far as is kept.      [audio]
  const float* at(int64_t from) const { return frames_.data() + (from & (size_ - 1)); }
  int kept() const { return size_; }

 private:
  span<float> frames_;
  int size_ = 0;
  int64_t end_ = 0;
};

}  // namespace arietta
