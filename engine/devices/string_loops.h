// Four plucked strings, one a lane: a wave runs round a delay line and loses a little on each turn.
// The turn is read between frames by eight-point Lagrange interpolation (no audible loss below 10 kHz), a one-pole
// low-pass is what the string loses, two all-passes are its stiffness. What the filters delay at the string's own
// pitch is taken off the line, so a string is in tune whatever its losses.
// Sources: D. Jaffe and J. O. Smith, "Extensions of the Karplus-Strong plucked-string algorithm", CMJ 7(2), 1983;
// M. Karjalainen, V. Valimaki and T. Tolonen, "Plucked-string models", CMJ 22(3), 1998; losses that grow with the
// square of the frequency: A. Chaigne and A. Askenfelt, JASA 95(2), 1994.
#pragma once
#include "base/arena.h"
#include "dsp/simd.h"

namespace arietta {

// How a string sounds, and what that means for its loop.
struct StringTune {
  float delay;                 // of the line, frames
  float keep, push;            // low-pass: y = keep * y + push * x
  float stiffness;             // coefficient of the all-passes

  // `loss` is added decay per second at each frequency squared (rad/s): 1e-9 is a new steel string, 2e-7 a dark one.
  // `stiffness` is 0 to 1.                                                                       [audio]
  static StringTune make(float hz, float ring_s, float loss, float stiffness, float sample_rate);
};

class StringLoops {
 public:
  // For strings down to `lowest_hz`. False when the arena is full.                               [setup]
  bool prepare(Arena& arena, float lowest_hz, float sample_rate);
  void reset();                                                                                  // [audio]

  // A lane goes quiet and is tuned at once; or moves to `tune` in a straight line over the next cell. [audio]
  void start(int lane, const StringTune& tune);
  void aim(int lane, const StringTune& tune);
  // What moved has arrived: called once a cell, before `aim`.                                    [audio]
  void hold();

  // `out` is the wave at the bridge, `in` what the player adds, a vector a frame with a string in each lane.
  // Up to kMaxBlock frames of one cell.                                                          [audio]
  void render(const f32x4* in, f32x4* out, int frames);

  // The highest a lane has reached since the last call.                                          [audio]
  f32x4 take_peaks();

 private:
  static constexpr int kTaps = 8;
  static constexpr int kAhead = 4;          // taps on the far side of the delay
  static constexpr float kFastest = 1.5f;   // frames the delay may change in a cell: beyond, taps lie off their place

  void place_taps(int lane, float from, float to);

  span<float> memory_;
  float* ring_[4] = {};
  int mask_ = 0;
  int at_ = 0;
  float delay_[4] = {};
  int back_[4] = {};                        // from the write position to the first tap
  f32x4 taps_[4][2] = {}, tap_steps_[4][2] = {};
  bool moving_ = false;
  f32x4 keep_ = 0, push_ = 0, stiffness_ = 0;
  f32x4 keep_step_ = 0, push_step_ = 0, stiffness_step_ = 0;
  f32x4 low_ = 0;
  f32x4 in_[2] = {}, out_[2] = {};          // of the two all-passes
  f32x4 peaks_ = 0;
};

}  // namespace arietta
