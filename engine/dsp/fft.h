// The discrete Fourier transform of `size` real samples and its inverse, in split arrays: size / 2 + 1 bins, real
// and imaginary parts apart. forward() is not scaled (a sine of amplitude 1 on a bin gives size / 2 there);
// inverse(forward(x)) == x.
// A self-sorting radix-4 transform (T. G. Stockham, "High-speed convolution and correlation", 1966; C. Van Loan,
// "Computational Frameworks for the Fast Fourier Transform", 1992) of half the size over pairs of samples
// (H. Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987).
#pragma once
#include "base/arena.h"

namespace arietta {

class RealFft {
 public:
  static constexpr int kMinSize = 32, kMaxSize = 32768;

  // `size`: a power of two in the range above. False for another size or when the arena is full.     [setup]
  bool prepare(int size, Arena& arena);

  // `time` holds size() samples, `re` and `im` hold bins() values; they may not overlap.              [audio]
  void forward(const float* time, float* re, float* im);

  // The imaginary parts of the first and the last bin count for nothing.                             [audio]
  void inverse(const float* re, const float* im, float* time);

  int size() const { return 2 * half_; }
  int bins() const { return half_ + 1; }

 private:
  struct Split { float* re = nullptr; float* im = nullptr; };

  // From `from`, which stays what it is, by way of both work arrays; returns the one with the result.
  Split transform(Split from);
  void first_stage(Split from, Split to) const;
  void middle_stage(Split from, Split to, int stride) const;
  void last_stage_of_two(Split from, Split to) const;

  int half_ = 0;                     // length of the complex transform
  span<float> turn_re_[3], turn_im_[3];   // e^(-2 pi i p k / half) for p < half / 4; k = 1, 2, 3
  span<float> real_re_, real_im_;    // e^(-2 pi i k / size) for k = 1 .. half / 2
  Split pairs_, work_[2];
};

}  // namespace arietta
