// The voices made of one: the singer's own, retuned; up to four harmonies; doubles that sing along a little later; and a
// whisper. Each is laid down from the same marks, so that a voice more costs only its own grains.
// Frames are numbered as in VoiceFollower.
#pragma once
#include "dsp/ramp.h"
#include "voice/pitch_rules.h"
#include "voice/tuner.h"
#include "voice/voice_follower.h"

namespace arietta {

inline constexpr int kMostHarmonies = 4, kDoubles = 2;

// One voice and how it stands in the stereo image.
struct EnsembleVoice {
  GrainVoice grains;
  Tuner tuner;
  Glide gain{0};                    // while it is 0 and stays there, the voice costs nothing
  float left = 1, right = 1;        // of the middle signal
  int late_frames = 0;
  float unsung = 0;                 // share of consonants and breath it takes along
  bool awake = false;
};

class VoiceEnsemble {
 public:
  void prepare(float sample_rate);                                                               // [setup]
  void reset();                                                                                  // [audio]

  // What the singer's own voice and its doubles are tuned to.                                   [audio]
  void tune(const Tuning& tuning);
  // Harmonies at these steps of the scale; 0 is none.                                           [audio]
  void harmonise(const int8_t (&steps)[kMostHarmonies], const Tuning& tuning);
  // The singer's own voice stays on one note; 0 Hz lets it sing again.                          [audio]
  void hold_note(float hz) { held_hz_ = hz; one_note_.set(hz > 0 ? hz : 100, sample_rate_); }
  void set_levels(float lead, float harmonies, float doubles, float whisper);                    // [audio]
  void set_formant(float ratio) { formant_ = ratio; }                                            // [audio]

  // Replaces kMaxBlock frames from number `start` on. `sides` is half the difference of the input's channels.   [audio]
  void render(const VoiceFollower& singer, const VoiceInput* sides, int64_t start, float* left, float* right);

 private:
  void add(EnsembleVoice& voice, PitchRule& rule, const VoiceFollower& singer, const VoiceInput* sides, int64_t start,
           float* left, float* right);

  float sample_rate_ = 48000, formant_ = 1, held_hz_ = 0;
  EnsembleVoice lead_, harmonies_[kMostHarmonies], doubles_[kDoubles], whisper_;
  bool sings_[kMostHarmonies] = {};
  OneNote one_note_;
  NoNote no_note_;
};

}  // namespace arietta
