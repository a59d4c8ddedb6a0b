// Reads a sound between its frames: windowed sinc, sixteen taps, for grains that are placed and stretched freely.
// Source: J. O. Smith, "Digital Audio Resampling" (CCRMA): a table of one kernel at fine steps.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr int kKernelTaps = 16;         // images of a voice stay below -80 dB up to 10 kHz at 48 kHz
inline constexpr int kKernelRows = 256;        // places between two frames
inline constexpr int kKernelBands = 4;         // for grains read 1, 1.26, 1.59 and 2 times as fast: each passes less treble

struct GrainKernel {
  // Row r reads r / kKernelRows of a frame behind tap kKernelTaps / 2 - 1.
  alignas(16) float rows[kKernelBands][kKernelRows + 1][kKernelTaps];
};

// Built on the first call; all voices share it.                                                 [setup]
const GrainKernel& grain_kernel();

}  // namespace arietta
