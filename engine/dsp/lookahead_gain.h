// The gain of a brick-wall limiter. It looks `window` frames ahead: the gain a peak needs is spread over those
// frames by two moving averages, so it arrives in time, exactly, and without a corner. Afterwards it comes back
// softly. The audio must be delayed by latency() frames; the gain then stays for `hold` frames more, for peaks that
// lie between frames.
// Sliding minimum: D. Lemire, "Streaming maximum-minimum filter using no more than three comparisons per
// element", 2006.
#pragma once
#include "base/arena.h"

namespace arietta {

class LookaheadGain {
 public:
  // False when the arena is full.                                                               [setup]
  bool prepare(Arena& arena, int window, int hold, float release_s, float sample_rate);
  void reset();                                                                                  // [audio]

  // The gain for the frame that was put in latency() frames ago. `needed` is what the newest frame would
  // need, above 0 and at most 1.                                                                [audio]
  float next(float needed);

  // Nothing is turned down, and nothing of the last latency() frames will be.                   [audio]
  bool at_rest() const;

  // As next(1) so many times, at rest.                                                          [audio]
  void skip(int frames);

  int latency() const { return 2 * average_frames_ - 2; }

 private:
  float held_minimum(float needed);

  // Whole numbers, so that what is added to a running sum can be taken out again without a trace.
  using Fixed = uint64_t;
  static constexpr float kOne = 1 << 24;
  struct Average {
    span<uint32_t> values;
    Fixed sum = 0;
    int at = 0;
    uint32_t next(uint32_t value);
    void reset();
  };

  struct Candidate { float needed; uint32_t frame; };
  span<Candidate> waiting_;          // candidates for the minimum, smallest first, as a ring
  int first_ = 0, count_ = 0;
  uint32_t frame_ = 0;

  int average_frames_ = 1;
  Average first_average_, second_average_;
  float released_ = 1;
  float release_ = 0;                // of the distance to go, per frame
};

}  // namespace arietta
