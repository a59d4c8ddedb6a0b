// Where each period of a sung sound is: marks that keep to the same place of the wave from period to period, found by
// laying neighbouring periods on each other, and beside them where the period's energy is, which may wander.
// A run of marks begins and ends with the voice. Times in frames of the input, with fractions.
// Sources: E. Moulines, F. Charpentier, "Pitch-synchronous waveform processing techniques", Speech Communication 9
// (1990); P. Boersma, D. Weenink (the manual of Praat) for marks by cross-correlation.
#pragma once
#include "base/arena.h"
#include "voice/pitch_track.h"
#include "voice/voice_input.h"

namespace arietta {

struct PitchMark {
  double time;
  float period;        // to the next mark; of the last one in a run: as before
  float centre;        // where a window over the period belongs, counted from `time`
  bool first, last;    // of its run
};

class PitchMarks {
 public:
  bool prepare(Arena& arena);                                                                   // [setup]
  void reset();                                                                                  // [audio]

  // Goes as far as input and track allow; where the track is late, only as far beyond it as is needed soon to make sound
  // from `heard` on. No mark is set before that.                                                 [audio]
  void follow(const VoiceInput& input, const PitchTrack& track, double heard);

  // Marks are numbered from the start of the sound; kKept of them are there.                    [audio]
  int64_t count() const { return count_; }
  int64_t oldest() const { return count_ > kKept ? count_ - kKept : 0; }
  const PitchMark& operator[](int64_t number) const { return marks_[number & (kKept - 1)]; }

 private:
  static constexpr int kKept = 512;          // more than a tenth of a second at any pitch

  struct Match { double distance; float likeness; };

  Match match(const VoiceInput& input, double from, double distance, float period) const;
  float centre_near(const VoiceInput& input, double near, float period) const;
  void begin(const VoiceInput& input, const PitchPoint& point, double heard);
  bool extend(const VoiceInput& input, const PitchTrack& track, double heard);
  void push(double time, float period, float centre, bool first);

  span<PitchMark> marks_;
  int64_t count_ = 0;
  int64_t next_point_ = 0;       // of the track, not looked at yet
  double run_ended_ = 0;
  bool running_ = false;
};

}  // namespace arietta
