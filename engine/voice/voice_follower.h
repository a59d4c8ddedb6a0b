// Listens to one voice: keeps its last moments, follows its pitch and marks its periods, for any number of voices to be
// made of it. Live it is as quick as a low voice's periods allow; with lookahead it makes fewer mistakes.
// Counts in frames of the input.
#pragma once
#include "voice/pitch_marks.h"
#include "voice/pitch_tracker.h"

namespace arietta {

enum class Listening : uint8_t { kLive, kAhead };

class VoiceFollower {
 public:
  bool prepare(float sample_rate, Listening listening, Arena& arena);                           // [setup]
  void reset();                                                                                  // [audio]

  // What is made of the voice is heard so much after it was sung.                               [any]
  int delay_frames() const { return delay_; }

  // Takes the next frames; afterwards the marks that the frames from heard() on are made of are known.   [audio]
  void write(const float* samples, int frames);
  // The first frame of the part that can be heard now: as long as what was written last.        [audio]
  int64_t heard() const { return input_.end() - written_ - delay_; }

  const VoiceInput& input() const { return input_; }
  const PitchTrack& track() const { return tracker_.track(); }
  const PitchMarks& marks() const { return marks_; }

 private:
  int delay_ = 0, written_ = 0;
  VoiceInput input_;
  PitchTracker tracker_;
  PitchMarks marks_;
};

}  // namespace arietta
