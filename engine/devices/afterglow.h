// When an effect may sleep: nothing has gone in and nothing to speak of has come out for longer than it remembers.
#pragma once
#include "devices/device.h"

namespace arietta {

class Afterglow {
 public:
  void reset() { quiet_frames_ = kForever; }                                                     // [audio]

  // After each block: the loudest sample that went in and that came out. kAsleep once both were inaudible for
  // `memory_frames`.                                                                            [audio]
  Activity heard(float in, float out, int frames, float memory_frames) {
    if (in > kNothingIn || out > kInaudible) quiet_frames_ = 0;
    else if (quiet_frames_ < kForever) quiet_frames_ += frames;
    if (in > kNothingIn) return Activity::kRunning;
    return float(quiet_frames_) < memory_frames ? Activity::kTail : Activity::kAsleep;
  }

  // Whether it has slept before, so that its state is already clear.                            [audio]
  bool rested() const { return quiet_frames_ >= kForever; }

 private:
  static constexpr int kForever = 1 << 28;
  static constexpr float kNothingIn = 1e-6f;      // -120 dB: below the noise of any converter
  static constexpr float kInaudible = 1e-5f;      // -100 dB

  int quiet_frames_ = kForever;
};

}  // namespace arietta
