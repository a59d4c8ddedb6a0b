// One period of a voice under its window, laid down at a place of its own: read between the frames of the input, faster
// or slower, so that it may stand at any fraction of a frame and its formants may move.
// Times in frames of the input, with fractions.
#pragma once
#include "voice/grain_kernel.h"
#include "voice/voice_input.h"

namespace arietta {

class Grain {
 public:
  // What is around mark `source`, under Hann's window: its middle is `centre` frames after the mark, its sides are `before`
  // and `after` frames long, so that unchanged grains add up to the sound they were cut from. It goes to `place` in the
  // output, with formants `formant` times as high.                                              [audio]
  void set(double source, double place, float centre, float before, float after, float formant, float gain);

  double begins() const { return place_ + double(begin_ / formant_); }
  double middle() const { return place_ + double(centre_ / formant_); }
  double ends() const { return place_ + double(end_ / formant_); }

  // Adds its share of the frames from number `start` on to `out`; a multiple of four.           [audio]
  void add_to(float* out, int64_t start, int frames, const VoiceInput& input) const;

 private:
  void add_in_step(float* out, int64_t start, int first, int last, const VoiceInput& input) const;
  void add_resampled(float* out, int64_t start, int first, int last, const VoiceInput& input) const;

  double source_ = 0, place_ = 0;
  float begin_ = -1, centre_ = 0, end_ = 1;             // of the window, in frames of the input after the mark
  float formant_ = 1, gain_ = 1;
  alignas(16) float taps_[kKernelTaps];                 // where every frame lies at the same fraction
};

}  // namespace arietta
