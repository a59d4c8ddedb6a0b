// A short delay written frame by frame and read at any place, between frames by a curve through six
// of them (Lagrange): a cubic leaves -75 dB beside a moving 5 kHz, this -95 dB.
#pragma once
#include "base/arena.h"

namespace arietta {

class TapDelay {
 public:
  // For delays of 3 to `longest` frames. False when the arena is full.                           [setup]
  bool prepare(Arena& arena, int longest) {
    int size = 8;
    while (size < longest + 6) size *= 2;
    frames_ = arena.array<float>(size_t(size));
    mask_ = size - 1;
    return !frames_.empty();
  }
  void reset() {                                                                                 // [audio]
    for (float& frame : frames_) frame = 0;
    at_ = 0;
  }
  void write(float in) { frames_[size_t(at_ = (at_ + 1) & mask_)] = in; }                        // [audio]

  // What was written `delay` frames before the last write; 3 or more.                            [audio]
  float read(float delay) const {
    const int whole = int(delay);
    const float t = delay - float(whole), a = t + 2, b = t + 1, c = t - 1, d = t - 2, e = t - 3;
    const float newer = past(whole - 1) * a * (1.0f / 24) - past(whole - 2) * b * (1.0f / 120);
    const float older = past(whole + 3) * d * (1.0f / 120) - past(whole + 2) * e * (1.0f / 24);
    const float here = past(whole + 1) * t - past(whole) * c;
    return newer * t * c * d * e + here * a * b * d * e * (1.0f / 12) + older * a * b * t * c;
  }

 private:
  float past(int frames) const { return frames_[size_t((at_ - frames) & mask_)]; }

  span<float> frames_;
  int mask_ = 0, at_ = 0;
};

}  // namespace arietta
