// A delay read and written a block at a time. Its first frames are kept twice, so that a block can be read as
// one piece wherever it lies.
#pragma once
#include "base/arena.h"
#include "dsp/simd.h"

namespace arietta {

class DelayLine {
 public:
  // For delays up to `longest` frames. False when the arena is full.                            [setup]
  bool prepare(Arena& arena, int longest) {
    size_ = longest + kMargin;
    frames_ = arena.array<float>(size_t(size_ + kMargin));
    return !frames_.empty();
  }
  void reset() {                                                                                 // [audio]
    for (float& frame : frames_) frame = 0;
    at_ = 0;
  }

  // Where the block that entered `delay` frames before the next one begins. Valid for kMaxBlock + 4 frames when
  // `delay` is at least that; before the first frame `lead` more may be read.                   [audio]
  const float* past(int delay, int lead = 0) const {
    const int from = at_ - delay - lead;
    return frames_.data() + (from < 0 ? from + size_ : from) + lead;
  }

  // `frames` is a multiple of four.                                                             [audio]
  void write(const float* from, int frames) {
    if (at_ >= kMargin && at_ + frames < size_) {      // nearly always: nothing to keep twice, no end to turn at
      float* to = frames_.data() + at_;
      for (int i = 0; i < frames; i += 4) f32x4::load(from + i).store(to + i);
      at_ += frames;
      return;
    }
    for (int i = 0; i < frames; ++i) {
      frames_[size_t(at_)] = from[i];
      if (at_ < kMargin) frames_[size_t(at_ + size_)] = from[i];
      if (++at_ == size_) at_ = 0;
    }
  }

 private:
  static constexpr int kMargin = kMaxBlock + 8;      // a block, and what an interpolator reads around it

  span<float> frames_;
  int size_ = 0;
  int at_ = 0;
};

// Reads `frames` from a delay that changes from `from` to `to` frames during the block: four-point,
// third-order Lagrange. Both ends at least kMaxBlock + 4, at most the line's longest, and at most half a frame
// apart.                                                                                          [audio]
inline void read_moving(const DelayLine& line, float from, float to, float* out, int frames) {
  const int whole = int(from);
  const float* x = line.past(whole + 1, 1);            // x[i] is one frame older than the whole delay
  const float step = (to - from) / float(frames);
  for (int i = 0; i < frames; i += 4) {
    // Place between x[i] (0) and x[i + 1] (1), going back in time as the delay grows.
    const f32x4 t = f32x4(1 - (from - float(whole))) - f32x4(step) * (lane_numbers() + f32x4(float(i)));
    const f32x4 a = t + f32x4(1), b = t - f32x4(1), c = t - f32x4(2);
    const f32x4 sixth(1.0f / 6), half(0.5f);
    const f32x4 value = f32x4::load(x + i) * a * b * c * half - f32x4::load(x + i - 1) * t * b * c * sixth +
                        f32x4::load(x + i + 2) * a * t * b * sixth - f32x4::load(x + i + 1) * a * t * c * half;
    value.store(out + i);
  }
}

// Reads `frames` from a delay that moves in a straight line from `from` to `to` frames during the block, as fast as it
// likes. Of the block's own frames `written` are in the line already; both ends at least frames - written + 2 and at
// most the line's longest less written + 2.                                                       [audio]
inline void read_swept(const DelayLine& line, float from, float to, float* out, int frames, int written = 0) {
  const f32x4 step((to - from) / float(frames));
  alignas(16) int32_t wholes[4];
  for (int i = 0; i < frames; i += 4) {
    const f32x4 delay = f32x4(from) + step * (lane_numbers() + f32x4(float(i)));
    const i32x4 whole = truncate(delay);
    whole.store(wholes);
    // A row is four frames around one reading; turned, x[0] is the oldest frame of all four readings.
    f32x4 x[4];
    for (int k = 0; k < 4; ++k) x[k] = f32x4::load(line.past(wholes[k] + 2 + written) + i + k);
    transpose(x[0], x[1], x[2], x[3]);
    const f32x4 t = f32x4(1) - (delay - to_float(whole));          // from x[1] (0) to x[2] (1)
    const f32x4 a = t + f32x4(1), b = t - f32x4(1), c = t - f32x4(2);
    const f32x4 sixth(1.0f / 6), half(0.5f);
    (x[1] * a * b * c * half - x[0] * t * b * c * sixth + x[3] * a * t * b * sixth - x[2] * a * t * c * half).store(out + i);
  }
}

}  // namespace arietta
