// Finds where sounds begin, to a fraction of a millisecond: first the moment at which many bands rise above all they
// held a while before (spectral flux against a local maximum, S. Boeck, G. Widmer, "Maximum filter vibrato
// suppression for onset detection", 2013), then the sharpest rise of high-frequency energy near it.
#pragma once
#include "dsp/fft.h"

namespace arietta {

class OnsetFinder {
 public:
  bool prepare(float sample_rate, Arena& arena);                                                // [setup]
  void start(int64_t first_frame);                                                              // [audio]

  // Takes the next frame of the source, one number for all channels. True when an onset is found; onset() is
  // its frame, at most delay() frames back.                                                       [audio]
  bool push(float sample);
  int64_t onset() const { return onset_; }
  int memory() const { return size_ + kBack * hop_; }  // frames that an onset is compared with
  int delay() const { return size_ / 2 + (kAhead + 1) * hop_ + size_ / 4; }

 private:
  static constexpr int kBands = 20;
  static constexpr int kBack = 16;                     // steps a band must have been quieter for
  static constexpr int kAhead = 2;                     // steps to wait for a still stronger rise

  float novelty();
  int64_t sharpest_rise(int64_t from, int frames);

  RealFft fft_;
  int size_ = 0, hop_ = 0;
  span<float> history_;                                // of samples, as a ring
  int64_t mask_ = 0, frame_ = 0, first_ = 0;
  span<float> window_, time_, re_, im_, steepness_;
  int band_edge_[kBands + 1] = {};
  float bands_[kBack][kBands] = {};                    // energies of the last steps, as a ring
  float loudest_ = 0;                                  // fading maximum of a band
  int step_ = 0;
  float novelty_[2 * kAhead + 1] = {};                 // newest last
  int64_t onset_ = 0, last_onset_ = 0;
};

}  // namespace arietta
