// Saw, square, triangle and sine without audible aliases: below -80 dB for fundamentals up to 5 kHz at 48 kHz.
// One line mixes all oscillators of one voice. Because pitch is constant between two control points, the edges
// of a waveform are known beforehand: the naive wave is drawn four frames at a time without looking for them,
// and each edge then costs one row of the table. A voice at A4 pays for two edges in a hundred frames.
// The line runs kBlepDelay frames ahead of what is heard; a new voice first runs that far in silence.
#pragma once
#include "dsp/blep_table.h"
#include "dsp/simd.h"

namespace arietta {

enum class Wave : uint8_t { kSaw, kSquare, kTriangle, kSine };

inline constexpr float kMaxPhaseStep = 0.45f;   // phase per frame; above it the fundamental itself would be gone

// A level that moves in a straight line: `start` at frame 0, `step` more on each next one.
struct BlepLevel {
  float start = 0;
  float step = 0;
  BlepLevel at(int frame) const { return {start + step * float(frame), step}; }
  bool silent() const { return start == 0 && step == 0; }
};

// What a voice keeps between two blocks.
struct BlepTail {
  alignas(16) float samples[kBlepTaps] = {};
};

class BlepLine {
 public:
  // Starts with what reaches in from the block before.                                          [audio]
  void begin(const BlepTail& tail) {
    for (int i = 0; i < kBlepTaps; i += 4) f32x4::load(tail.samples + i).store(samples_ + i);
    for (int i = kBlepTaps; i < kSize; i += 4) f32x4(0).store(samples_ + i);
  }
  void silence() { for (int i = 0; i < kMaxBlock; i += 4) f32x4(0).store(samples_ + i); }

  // Adds `frames` (at most kMaxBlock) of one oscillator. `phase` is 0 to 1 and moves on; 0 < increment <=
  // kMaxPhaseStep. A square is high for the share `width` of its cycle, which may move by up to half of `increment`
  // a frame.                                                                                     [audio]
  void add(const BlepTable& table, Wave wave, float& phase, float increment, BlepLevel level, int frames,
           BlepLevel width = {0.5f, 0});

  // The finished mix: valid for `frames` frames once everything is added.                       [audio]
  const float* samples() const { return samples_; }

  // Keeps what reaches into the next block.                                                     [audio]
  void keep(BlepTail& tail, int frames) const {
    for (int i = 0; i < kBlepTaps; i += 4) f32x4::load(samples_ + frames + i).store(tail.samples + i);
  }

 private:
  static constexpr int kSize = kMaxBlock + kBlepTaps;
  using Rows = const float (&)[kBlepPhases + 1][kBlepTaps];

  template <class Draw> void draw(float phase, float increment, BlepLevel level, int frames, Draw wave_at);
  void saw(const BlepTable& table, float phase, float increment, BlepLevel level, int frames);
  void edges(Rows rows, float phase, float increment, float height, BlepLevel level, int frames);

  alignas(16) float samples_[kSize];
};

}  // namespace arietta
