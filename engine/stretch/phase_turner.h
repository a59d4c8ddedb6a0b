// Turns the bins of one step of the vocoder so that they go on from the step before.
//
// The same hop lies between this frame's sound and the one `before` as between this step and the last one's output,
// so a peak goes on smoothly when it is turned by the angle between the last output and `before`. The bins around a
// peak turn with it, and both channels turn alike. Bins that belong to an onset are delayed to its place instead: a
// bin belongs to it when the energy around it lies on the onset's side of the window, which the phase between
// neighbouring bins tells.
#pragma once
#include "stretch/onset_placer.h"
#include "stretch/spectrum.h"

namespace arietta {

class PhaseTurner {
 public:
  bool prepare(int fft_size, int hop, Arena& arena);                                            // [setup]

  // Four parts of about the same cost, in this order. `out` holds the last step's output, and at the end this
  // step's: `now` turned.                                                                        [audio]
  void compare(const Spectrum now[2], const Spectrum before[2], const Spectrum out[2]);
  void lock_regions();
  void delay_onsets(const Spectrum now[2], const Spectrum before[2], span<const SeenOnset> onsets);
  void turn(const Spectrum now[2], const Spectrum out[2]) const;

 private:
  void turn_region(int from, int peak, int to);
  void delay_onset(const Spectrum seen[2], float offset, const SeenOnset& onset);

  int fft_size_ = 0, bins_ = 0, hop_ = 0;
  span<float> energy_;               // of both channels
  span<float> angle_re_, angle_im_;  // of the last output against `before`, weighted by energy
  span<float> turn_re_, turn_im_;    // what each bin is multiplied by
};

}  // namespace arietta
