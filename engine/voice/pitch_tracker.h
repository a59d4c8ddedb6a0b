// Follows the pitch of one voice. Live it tells what it hears at once; with lookahead it waits and decides what the
// whole way was. Candidates of every frame (period_finder.h) are joined to the likeliest way through them, where
// leaps and changes between voice and noise cost something.
// Times and periods in frames of the input; frequencies in Hz.
// Sources: P. Boersma, "Accurate short-term analysis of the fundamental frequency", IFA Proc. 17 (1993) (the costs of
// the way); M. Mauch, S. Dixon, "pYIN", ICASSP 2014 (several candidates, Viterbi decoding).
#pragma once
#include "voice/period_finder.h"
#include "voice/pitch_track.h"

namespace arietta {

struct TrackerOptions {
  float lowest_hz = 65;          // C2: a bass
  float highest_hz = 1100;       // above a soprano's C6
  float ahead_s = 0.010f;        // how far a frame's surroundings reach into its future
  float settle_s = 0;            // how long later frames may still change what is said about one
};

class PitchTracker {
 public:
  bool prepare(float sample_rate, const TrackerOptions& options, Arena& arena);                 // [setup]
  void reset();                                                                                  // [audio]
  void write(const float* samples, int frames);                                                  // [audio]

  const PitchTrack& track() const { return track_; }                                            // [audio]
  // The input is this far ahead of the newest point of the track at most, in frames.            [any]
  int latency_frames() const { return latency_; }

 private:
  static constexpr int kStates = kMaxCandidates + 1;      // the last one: no pitch
  struct Step {
    PeriodCandidates candidates;
    double time;
    bool ended;                   // what was sung has died away here
    float score[kStates];         // of the best way that ends here
    int8_t from[kStates];         // the state before on that way
  };

  void take_frame();
  bool died_away(int64_t centre, const PeriodCandidates& candidates);
  void join(Step& step, const Step* before) const;
  void settle();

  int every_ = 1;                 // input frames to one of the slow sound
  int hop_ = 1, ahead_ = 0;       // slow frames
  int wait_ = 0;                  // steps between a frame and the word about it
  int latency_ = 0;
  float change_cost_ = 0, leap_cost_ = 0;
  float loudness_ = 0, forget_ = 0;   // energy a slow frame of late, and what is left of it a hop later

  VoiceInput input_, slow_;
  span<float> lowpass_;
  PeriodFinder finder_;
  span<Step> steps_;
  int64_t step_count_ = 0;
  int64_t next_slow_ = 0, next_frame_ = 0;
  PitchTrack track_;
};

}  // namespace arietta
