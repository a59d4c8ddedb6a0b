// Runs a curve without memory at eight times the sample rate, so that the overtones it makes do not come back as
// aliases. Three half-band filters up and three down, linear phase: what goes through is delayed by whole frames and
// not coloured below 20 kHz (at 48 kHz); what aliases there are lie above. Stop bands below -90 dB.
// Half-bands by Kaiser's window: J. F. Kaiser and R. W. Schafer, "On the use of the I0-sinh window for spectrum
// analysis", IEEE Trans. ASSP 28(1), 1980; polyphase form: R. E. Crochiere and L. R. Rabiner, "Multirate Digital
// Signal Processing", 1983.
#pragma once
#include "dsp/simd.h"

namespace arietta {

// One doubling of the rate and its undoing, a block at a time. kTaps is the number of different taps beside the middle
// one; kFrames the most frames of a block at the lower rate.
template <int kTaps, int kFrames, bool kLateDown>
class HalfBand {
 public:
  HalfBand();
  void reset();                                                                                  // [audio]

  // `even` and `odd` are the frames of the doubled rate in turn; multiples of four are written.    [audio]
  void up(const float* in, float* even, float* odd, int frames);
  void down(const float* even, const float* odd, float* out, int frames);

  // Up and down again, in frames of the doubled rate.
  static constexpr int kDelay = 2 * (2 * kTaps - 1) + (kLateDown ? 1 : 0);

 private:
  static constexpr int kPast = 2 * kTaps;
  f32x4 taps_[kTaps];                          // each in all lanes
  float in_[kPast + kFrames + 4], even_[kPast + kFrames + 4], odd_[kPast + kFrames + 4];
};

class Oversampler {
 public:
  static constexpr int kTimes = 8;
  static constexpr int kMost = kMaxBlock * kTimes / 2;

  void reset();                                                                                  // [audio]
  // The frames at eight times the rate, every other one in `even` and the rest in `odd`: 4 * frames each. [audio]
  void up(const float* in, float* even, float* odd, int frames);
  void down(const float* even, const float* odd, float* out, int frames);

  static constexpr int latency() { return (4 * First::kDelay + 2 * Second::kDelay + Third::kDelay) / 8; }

 private:
  using First = HalfBand<20, kMaxBlock, false>;             // turns from 20.5 to 27.5 kHz: all that is heard
  using Second = HalfBand<6, kMaxBlock * 2, true>;          // late by one frame, so that the sum is whole
  using Third = HalfBand<5, kMaxBlock * 4, false>;
  static_assert((4 * First::kDelay + 2 * Second::kDelay + Third::kDelay) % 8 == 0);

  First first_;
  Second second_;
  Third third_;
};

}  // namespace arietta
