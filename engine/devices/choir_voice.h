// One note of a choir: up to four singers, one a lane. Each is a source, band-limited and as uneven as a throat, through
// five resonances in parallel. No two agree exactly on pitch, vibrato or mouth.
// Source: D. Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67(3), 1980; J. Sundberg, "The Science
// of the Singing Voice", 1987 (vibrato, its onset, how choirs differ in pitch).
#pragma once
#include "base/note_event.h"
#include "base/random.h"
#include "devices/voice_pool.h"
#include "devices/vowels.h"
#include "dsp/envelope.h"
#include "dsp/osc_blep.h"
#include "dsp/svf.h"

namespace arietta {

// What all notes share during one cell.
struct ChoirCell {
  float sample_rate = 48000;
  float bend = 0;                        // keys
  float vowel = 0, size = 0;             // 0 to 4; octaves the mouth is smaller
  float spread = 0, vibrato = 0;         // keys
  float vibrato_hz = 5.3f, vibrato_delay_s = 0.4f;
  float breath = 0.1f, effort = 0.5f, width = 1;
  float slide = 0;                       // share of the way to a new pitch that is left after a cell
  AdsrShape envelope{};
  int singers = 4;
};

class ChoirVoice {
 public:
  void start(const NoteEvent& note, float from, float pitch, const ChoirCell& cell);             // [audio]
  void move(float pitch);                                                                        // [audio]
  void end(VoiceEnd how, const ChoirCell& cell);                                                 // [audio]
  // Lines to the end of the cell, `frames` from now.                                            [audio]
  void control(const ChoirCell& cell, float frames);
  void control_changed(const ChoirCell& cell, float frames) { if (changed_) control(cell, frames); }
  // Adds `frames` to both sides.                                                                [audio]
  void render(const BlepTable& table, float* left, float* right, int frames);
  void settle();                                                                                 // [audio]

  bool sounding() const { return !all(envelope_.idle()); }
  float loudness() const { return loudness_; }

 private:
  static constexpr int kSingers = 4;
  struct Singer {
    float phase = 0, step = 0;
    float place = 0, drift = 0, goal = 0;      // in tune to one's own mind, and how that wanders: -1 to 1
    float turn = 0, rate = 1, mouth = 0;       // vibrato; octaves the mouth differs
    BlepTail tail;
  };

  void aim_pitch(const ChoirCell& cell, float seconds);
  void aim_mouth(const ChoirCell& cell, float frames);

  Singer singers_[kSingers];
  int count_ = 1;
  Random random_;
  Adsr4 envelope_;
  f32x4 left_ = 0, right_ = 0;                 // where each stands
  f32x4 level_ = 0, level_step_ = 0, breath_ = 0, breath_step_ = 0;
  SvfCoefficients now_[kFormants], step_[kFormants];
  f32x4 gain_[kFormants], gain_step_[kFormants];
  Svf4 formants_[kFormants];
  f32x4 chest_ = 0;
  float chest_push_ = 0;
  alignas(16) int32_t noise_[4] = {1, 2, 3, 4};
  float pitch_ = 60, goal_ = 60, age_s_ = 0;
  float force_ = 0, loudness_ = 0;
  float shaped_vowel_ = -1, shaped_size_ = 0, shaped_pitch_ = 0;
  bool fresh_ = false, changed_ = false, shaping_ = false;
};

}  // namespace arietta
