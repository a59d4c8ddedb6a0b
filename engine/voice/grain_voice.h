// One voice made of another: each period of the input is cut out under a window and laid down again at a pitch of one's
// own (pitch-synchronous overlap-add). The wave of a period carries the formants, so they stay. What is not sung passes
// as it is.
// Times in frames of the input, with fractions; the output has the same clock.
// Source: E. Moulines, F. Charpentier, "Pitch-synchronous waveform processing techniques", Speech Communication 9 (1990).
#pragma once
#include "voice/grain.h"
#include "voice/pitch_marks.h"

namespace arietta {

// Says what becomes of the pitch.
class PitchRule {
 public:
  // A run of marks begins.                                                                      [audio]
  virtual void begin() {}
  // The period wanted at `time`, where the sung one is `sung`; in frames.                       [audio]
  virtual float period(double time, float sung) = 0;
  // What the next grain is multiplied by.                                                       [audio]
  virtual float gain() { return 1; }

 protected:
  ~PitchRule() = default;
};

// So many times as high as it was sung.
class PitchRatio final : public PitchRule {
 public:
  float ratio = 1;
  float period(double, float sung) override { return sung / ratio; }
};

class GrainVoice {
 public:
  void reset();                                                                                  // [audio]

  // Lays down the grains that begin before frame `end`.                                         [audio]
  void plan(const PitchMarks& marks, int64_t start, int64_t end, PitchRule& rule, float formant);
  // Adds the frames from number `start` on, read from `input`: the sung part, and what is not sung times `unsung`. The
  // number of frames is a multiple of four.                                                     [audio]
  void render(const VoiceInput& input, int64_t start, float* out, int frames, float unsung) const;
  // Forgets the grains that end before frame `start`.                                           [audio]
  void retire(int64_t start);

  bool singing() const { return singing_; }

 private:
  static constexpr int kMaxGrains = 24;      // at once: an octave up, an octave smaller, and some

  void lay(const PitchMarks& marks, double place, float formant);
  void fade_unsung(double start, double frames, float to);
  float unsung_at(double time) const;

  Grain grains_[kMaxGrains];
  int grain_count_ = 0;
  bool singing_ = false;
  int64_t mark_ = 0;               // the one the last grain was cut at; or the next one looked at
  double place_ = 0, last_middle_ = 0, last_end_ = 0;   // of the last grain
  float loudness_ = 1;             // of the next grain, so that the whole is as loud as it was

  double fade_start_ = 0, fade_frames_ = 1;      // of what is not sung
  float fade_from_ = 1, fade_to_ = 1;
};

}  // namespace arietta
