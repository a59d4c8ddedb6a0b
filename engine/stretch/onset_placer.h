// Where the onsets of the source go in stretched time, and what a step of the vocoder has to do about the ones in its
// window: each is moved as a whole to its place and keeps its own length.
#pragma once
#include "base/arena.h"

namespace arietta {

// An onset as one step sees it. Frames count from the centre of the step's window.
struct SeenOnset {
  float offset = 0;        // where it lies in the source's window
  float shift = 0;         // how far later it must lie in the step's output
  float gain = 1;          // for what belongs to it
};

class OnsetPlacer {
 public:
  static constexpr int kMostSeen = 3;

  // Both windows centred: at(window, offset). `hop` and `reach` are stretched frames.           [setup]
  void prepare(span<const float> analysis, span<const float> synthesis, int hop, int reach);
  void start() { first_ = count_ = 0; }                                                         // [audio]
  void add(int64_t source_frame);                                                               // [audio]

  // A step is to be laid down around the stretched frame `stretched`; evenly, it would show the source around
  // `source`. `ratio` is stretched frames per source frame. Returns the source frame it shall show.  [audio]
  int64_t aim(double source, int64_t stretched, double ratio);
  // What that step sees, the one that matters most last.                                        [audio]
  span<const SeenOnset> seen() const { return {seen_, size_t(seen_count_)}; }

 private:
  struct Onset {
    int64_t source = 0;
    double stretched = 0;  // where it goes
    float gain = 1;
    bool placed = false;
  };
  static constexpr int kMost = 64;

  double weight_at(span<const float> window, double offset) const;
  double snapped(double source, int64_t stretched, double ratio, const Onset& onset) const;
  void place(Onset& onset, double source, int64_t stretched, double ratio) const;
  float share(double offset, double target) const;

  span<const float> analysis_, synthesis_;
  int hop_ = 1, reach_ = 1;
  Onset onsets_[kMost];    // a ring, oldest first
  int first_ = 0, count_ = 0;
  SeenOnset seen_[kMostSeen];
  int seen_count_ = 0;
};

}  // namespace arietta
