// Two second-order sections in a row for both sides of a stereo sound, in the four lanes of one vector. The second
// section works on what the first put out four frames earlier, within the block: nothing is delayed.
#pragma once
#include "dsp/block.h"
#include "dsp/filter_design.h"
#include "dsp/simd.h"

namespace arietta {

class StereoFilterPair {
 public:
  // Where to be at the end of the next block.                                                      [audio]
  void aim(const FilterSection& first, const FilterSection& second);
  // There at once.
  void jump();                                                                                   // [audio]
  void clear() { first_ = second_ = f32x4(0); }                                                  // [audio]

  void process(Block io);                                                                        // [audio] in place

 private:
  struct Lanes { f32x4 keep = 1, push = 0, pull = 0, direct = 1, band = 0, low = 0; };
  struct Rows { f32x4 row[4]; };

  void four_frames(Rows& rows);
  void edge_frames(Rows& rows, int leading, int trailing);

  Lanes now_, aim_, step_;
  bool moving_ = false, flat_ = true, aim_flat_ = true;
  f32x4 first_ = 0, second_ = 0;
};

}  // namespace arietta
