// From a recording to where it belongs in the song. While a voice is recorded, the engine's reports say which tick was
// played at which frame of the sound clock; every jump (a start, a loop's turn, a seek) begins another run. Afterwards each
// run is a clip: the samples that were sung to it.   [main]
#pragma once
#include <vector>

#include "song/time.h"

namespace arietta::ui {

struct TakePlace { Tick start = 0; int64_t offset = 0, frames = 0; };   // frames of the recording

class VoiceTake {
 public:
  void begin() { runs_.clear(); }
  // What a report says: `tick` was rendered at `frame` of the context. `base` is where the song jumped to when this is
  // the first report after a jump; -1: not known.
  void heard(double frame, double tick, const TimeMap& time, double sample_rate, Tick base);
  void stopped() { open_ = false; }
  bool any() const { return !runs_.empty(); }

  // Clips of a recording of `frames` frames whose first was taken at `first_frame`, `latency` frames after what was
  // heard; one for each run, in order.
  std::vector<TakePlace> places(double first_frame, int64_t frames, double latency, const TimeMap& time, double sample_rate) const;

 private:
  struct Run { double frame, tick, last_frame; };        // frame at which the run's first tick was played
  std::vector<Run> runs_;
  bool open_ = false;
};

}  // namespace arietta::ui
