// Four voices of the synthesiser: oscillators four frames at a time, everything after them four voices at a time.
// The synth says when a voice starts and ends and, once a cell, what all voices share.
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"
#include "dsp/osc_blep.h"
#include "dsp/svf.h"

namespace arietta {

// What all voices share during one cell of kMaxBlock frames. Pitches are in octaves (of cycles per frame),
// so that bends, detune and envelopes simply add.
struct PolyCell {
  Wave wave, wave_before;          // a new wave replaces the old one within a cell
  BlepLevel main, main_before, sub, noise;
  float a4;                        // A4, moved by bend and vibrato
  float detune;                    // to either side
  float cutoff, sweep, damping;    // the filter: where, how far its envelope reaches, how blunt
  float sweep_rate;                // halvings per frame
  float gain;
  AdsrShape envelope;
};

class PolyQuad {
 public:
  // Free lanes render silence. `rate` is the sample rate.                                        [audio]
  void start(int lane, const NoteEvent& note, const PolyCell& cell);
  void end(int lane, VoiceEnd how, const PolyCell& cell, float rate);

  // Draws the lines to where every voice shall be at the end of the cell, `frames` from now; in the middle of
  // a cell only for voices that just began or ended.                                              [audio]
  void control(const PolyCell& cell, float frames);
  void control_changed(const PolyCell& cell, float frames) { if (changed_) aim(cell, changed_, frames); }

  // Adds `frames` to `mix`, one vector a frame with a voice in each lane. `used` has a bit for every lane that
  // sounds; `at` is how far into the cell we are.                                                  [audio]
  void render(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* mix, int frames);

  // At the end of a cell: the lanes that have become silent, by bit.                              [audio]
  int settle();

  f32x4 levels() const { return envelope_.level() * loudness_; }

 private:
  static constexpr int kOscillators = 3;          // two main ones and the sub

  void aim(const PolyCell& cell, int lanes, float frames);
  void run_up(const BlepTable& table, const PolyCell& cell, int at);
  void mix_oscillators(BlepLine& line, const BlepTable& table, const PolyCell& cell, int lane, int at, int frames);
  void oscillate(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* voices, int frames);
  void add_noise(BlepLevel level, f32x4* voices, int frames);

  alignas(16) float phase_[kOscillators][4] = {};
  alignas(16) float increment_[kOscillators][4] = {};
  alignas(16) int32_t noise_[4] = {};             // generator states
  BlepTail tails_[4];

  f32x4 pitch_ = 0, loudness_ = 0, brightness_ = 0;   // the note: octaves from A4, how hard, octaves of cutoff
  Adsr4 envelope_;
  f32x4 sweep_ = 0;                               // filter envelope, 1 to 0
  f32x4 level_ = 0, level_step_ = 0;
  SvfCoefficients filter_now_{}, filter_step_{};
  Svf4 filter_;

  int changed_ = 0;                               // lanes that began or ended since the last aim, by bit
  int fresh_ = 0;                                 // lanes that have not rendered a frame yet, by bit
};

}  // namespace arietta
