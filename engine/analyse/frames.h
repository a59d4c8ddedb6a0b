// The spectra of a sound, one after another: power in each bin under a Hann window, frame by frame.
// Frames are centred on their times; before the start and after the end there is silence.       [main]
#pragma once
#include <vector>

#include "base/types.h"
#include "dsp/fft.h"

namespace arietta {

class Frames {
 public:
  // Windows of at least `window_s`, rounded up to a power of two, `hop_s` apart.
  Frames(span<const float> sound, float sample_rate, double window_s, double hop_s);

  size_t count() const { return count_; }
  int bins() const { return fft_.bins(); }
  double bin_hz() const { return sample_rate_ / fft_.size(); }
  double time_s(size_t frame) const { return double(frame) * hop_s_; }

  // Valid until the next call. A sine of amplitude 1 has a power of 1 in its bin.
  span<const float> power(size_t frame);

 private:
  span<const float> sound_;
  double sample_rate_, hop_s_;
  size_t count_ = 0;
  std::vector<uint8_t> memory_;
  RealFft fft_;
  std::vector<float> window_, frame_, re_, im_, power_;
};

}  // namespace arietta
