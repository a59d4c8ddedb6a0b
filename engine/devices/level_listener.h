// How loud the sound is that a compressor or a gate listens to: its own input, or what another track plays.
#pragma once
#include "dsp/clean.h"
#include "dsp/stereo.h"
#include "dsp/stereo_filter.h"

namespace arietta {

class LevelListener {
 public:
  void reset() { other_ = {}; cut_.jump(); cut_.clear(); }                                       // [audio]

  // What to listen to in the next block instead of the input.                                    [audio]
  void other(Block key) { other_ = key; }

  // What the ear does not hear, such as a kick drum that should not pump.                        [audio]
  void deaf_below(const FilterSection& cut) { cut_.aim(cut, {}); }

  // The larger side, frame by frame, of the block that goes through or of the other one; forgets the other one.
  // Returns the loudest.                                                                         [audio]
  float listen(Block io, float* levels) {
    BlockRoom room;
    Block heard = room.copy_of(other_.left && other_.frames >= io.frames ? Block{other_.left, other_.right, io.frames} : io);
    other_ = {};
    const float most = clean_input(heard);
    cut_.process(heard);
    for (int i = 0; i < io.frames; i += 4)
      max(abs(f32x4::load(heard.left + i)), abs(f32x4::load(heard.right + i))).store(levels + i);
    return most;
  }

 private:
  Block other_{};
  StereoFilterPair cut_;
};

}  // namespace arietta
