// Holds back sound that is suddenly much louder. It may be 12 dB louder at once than it has been lately: that is
// music. It may also be as loud as -14 dBFS at once, whatever was before, and out of silence as loud as -8 dBFS, where
// loud mixes are. What goes beyond comes in at 10 dB a second, so no surprise frightens anybody.
// Levels are powers, means over 40 ms, the louder side counting for both.
#pragma once
#include <cmath>

namespace arietta {

class SurgeGuard {
 public:
  void prepare(float sample_rate) {                                                              // [setup]
    average_ = 1 - std::exp(-1 / (kWindowSeconds * sample_rate));
    rise_ = std::pow(10.0f, kRiseDb / 10 / sample_rate);
    fall_ = std::pow(10.0f, -kFallDb / 10 / sample_rate);
    reset();
  }
  void reset() { power_ = 0; used_to_ = kBeforeASong; }                                          // [audio]

  // The gain for this frame, at most 1.                                                         [audio]
  float next(float left, float right) {
    const float l = left * left, r = right * right;
    power_ += ((l > r ? l : r) - power_) * average_;
    const float heard = power_ < kSilence ? kBeforeASong : power_ > kSoftest ? power_ : kSoftest;
    if (heard > used_to_) {
      const float risen = used_to_ * rise_;
      used_to_ = risen < heard ? risen : heard;
    } else {
      const float fallen = used_to_ * fall_;
      used_to_ = fallen > heard ? fallen : heard;
    }
    const float most = used_to_ * kJump;
    return power_ > most ? std::sqrt(most / power_) : 1;
  }

  // Silence has lasted long enough for all to be forgotten.                                     [audio]
  bool at_rest() const { return used_to_ == kBeforeASong && power_ < kSilence; }

 private:
  static constexpr float kWindowSeconds = 0.04f;      // a kick drum is over before it counts in full
  static constexpr float kJump = 15.85f;              // 12 dB: soft verse to loud chorus, with some to spare
  static constexpr float kSoftest = 0.0025f;          // -26 dBFS: 12 dB below what a finished song is like
  static constexpr float kBeforeASong = 0.01f;        // -20 dBFS: 12 dB below what a loud song begins with
  static constexpr float kSilence = 1e-6f;            // -60 dBFS
  static constexpr float kRiseDb = 10;                // a second: the ear is startled by what rises within a tenth of one
  static constexpr float kFallDb = 3;                 // a second: a quiet bar in a loud song is no reason to be careful

  float average_ = 1, rise_ = 1, fall_ = 1;
  float power_ = 0;
  float used_to_ = kBeforeASong;                      // what the ear has been hearing lately
};

}  // namespace arietta
