// Twelve strings nobody plucks, one for each note of the octave from C3: they sound along with whatever shares their
// partials, as the open strings of a harp or the drones of a sitar do.
#pragma once
#include "base/mathx.h"
#include "devices/string_loops.h"

namespace arietta {

class Sympathy {
 public:
  bool prepare(Arena& arena, float sample_rate) {                                                // [setup]
    for (int i = 0; i < kQuads; ++i)
      if (!loops_[i].prepare(arena, key_to_hz(kLowestKey - 1), sample_rate)) return false;
    sample_rate_ = sample_rate;
    reset();
    return true;
  }

  void reset() {                                                                                 // [audio]
    for (int i = 0; i < kQuads; ++i) {
      loops_[i].reset();
      for (int lane = 0; lane < 4; ++lane)
        loops_[i].start(lane, StringTune::make(key_to_hz(kLowestKey + float(4 * i + lane)), kRing_s, kLoss, 0, sample_rate_));
    }
    loudest_ = 0;
  }

  // Adds what they give back of `in` to both lines, low strings more from the left.              [audio]
  void render(const float* in, float amount, float* left, float* right, int frames) {
    f32x4 force[kMaxBlock], wave[kMaxBlock];
    for (int i = 0; i < frames; ++i) force[i] = f32x4(in[i] * amount * kCoupling);
    for (int quad = 0; quad < kQuads; ++quad) {
      loops_[quad].render(force, wave, frames);
      const float side = 0.3f * float(quad - 1);
      for (int i = 0; i < frames; ++i) {
        const float sound = sum(wave[i]);
        left[i] += sound * (1 - side);
        right[i] += sound * (1 + side);
      }
    }
  }

  void end_cell() {                                                                              // [audio]
    f32x4 peaks(0);
    for (StringLoops& loops : loops_) {
      loops.hold();
      peaks = max(peaks, loops.take_peaks());
    }
    loudest_ *= 0.98f;
    for (int lane = 0; lane < 4; ++lane) loudest_ = lane_of(peaks, lane) > loudest_ ? lane_of(peaks, lane) : loudest_;
  }
  bool sounding() const { return loudest_ > kInaudible; }

 private:
  static constexpr int kQuads = 3;
  static constexpr float kLowestKey = 48, kRing_s = 4, kLoss = 6e-9f;
  static constexpr float kCoupling = 0.012f;       // a string takes up a hundredth of what passes the bridge
  static constexpr float kInaudible = 2e-5f;

  StringLoops loops_[kQuads];
  float sample_rate_ = 48000;
  float loudest_ = 0;
};

}  // namespace arietta
