// Four voices of the synthesiser: oscillators four frames at a time, everything after them four voices at a time.
// The synth says when a voice starts and ends and, once a cell, what all voices share.
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"
#include "dsp/osc_blep.h"
#include "dsp/svf.h"

namespace arietta {

inline constexpr int kMostCopies = 7;

// The outputs of the filter in what is heard: two poles' lows, band and highs, and the lows of four poles.
struct PolyFilterMix {
  float low = 1, band = 0, high = 0, steep = 0;
  bool operator==(const PolyFilterMix&) const = default;
};

// What all voices share during one cell of kMaxBlock frames. Pitches are in octaves (of cycles per frame),
// so that bends, detune and envelopes simply add.
struct PolyCell {
  Wave wave, wave_before;          // a new wave replaces the old one within a cell
  BlepLevel main, main_before, sub, noise;
  int copies, copies_before;       // of the oscillator, spread over the detune to both sides
  Wave second_wave;                // the second oscillator
  BlepLevel second;
  float second_pitch;              // octaves above the note
  float width;                     // share of a square's cycle that is high
  bool wide;                       // every other copy stands on the other side
  float a4;                        // A4, moved by bend and vibrato
  float detune;                    // to either side
  float cutoff, sweep, damping;    // the filter: where, how far its envelope reaches, how blunt
  float key_follow;                // octaves of cutoff per octave of pitch
  PolyFilterMix mix, mix_before;   // what is heard of the filter at both ends of the cell
  float drive, drive_before;       // times the voice is pushed into saturation; 0 leaves it alone
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

  // Adds `frames` to `mix`, one vector a frame with a voice in each lane, and when the cell is wide to `side` what the
  // left has more than the right. `used` has a bit for every lane that
  // sounds; `at` is how far into the cell we are.                                                  [audio]
  void render(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* mix, f32x4* side, int frames);

  // At the end of a cell: the lanes that have become silent, by bit.                              [audio]
  int settle();

  f32x4 levels() const { return envelope_.level() * loudness_; }

 private:
  static constexpr int kSecond = kMostCopies, kSub = kSecond + 1, kOscillators = kSub + 1;

  void aim(const PolyCell& cell, int lanes, float frames);
  void run_up(const BlepTable& table, const PolyCell& cell, int at);
  void mix_oscillators(BlepLine& line, BlepLine& apart, const BlepTable& table, const PolyCell& cell, int lane, int at, int frames);
  void oscillate(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* voices, f32x4* sides, int frames);
  void filter(const PolyCell& cell, int at, f32x4* voices, f32x4* sides, int frames);
  f32x4 shaped(Svf4& first, Svf4& second, const PolyFilterMix& mix, float drive, f32x4 in) const;
  void add_noise(BlepLevel level, f32x4* voices, int frames);

  alignas(16) float phase_[kOscillators][4] = {};
  alignas(16) float increment_[kOscillators][4] = {};
  alignas(16) int32_t noise_[4] = {};             // generator states
  BlepTail tails_[4], apart_tails_[4];            // of the copies on this side, and on the other one
  bool apart_sounds_ = false;                     // the other side's tails hold something
  alignas(16) float width_[4] = {};

  f32x4 pitch_ = 0, loudness_ = 0, brightness_ = 0;   // the note: octaves from A4, how hard, octaves of cutoff
  Adsr4 envelope_;
  f32x4 sweep_ = 0;                               // filter envelope, 1 to 0
  f32x4 level_ = 0, level_step_ = 0;
  SvfCoefficients filter_now_{}, filter_step_{};
  Svf4 filter_, steep_filter_, side_filter_, side_steep_filter_;

  int changed_ = 0;                               // lanes that began or ended since the last aim, by bit
  int fresh_ = 0;                                 // lanes that have not rendered a frame yet, by bit
};

}  // namespace arietta
