// Four voices of the wavetable synthesiser, a voice in each lane: up to seven cycles side by side, each read by a cubic
// between its points and between two frames of its table, a sine below, a filter and a level.
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"
#include "dsp/svf.h"
#include "dsp/wave_tables.h"

namespace arietta {

inline constexpr int kMostUnison = 7;

// What all voices share during one cell of kMaxBlock frames. Pitches are in octaves of cycles per frame.
struct WavetableCell {
  const WaveTables* tables;
  int table;
  float table_gain, table_gain_before;   // a new table comes in while nothing is heard of the old one
  float position, sweep, sweep_rate;     // frames 0 to 1; how far a note starts from it; halvings per frame
  float wander, wander_turns;            // how far the position swings; turns of the swing per frame
  float a4;
  int unison;
  float unison_pitch[kMostUnison], unison_gain[kMostUnison], unison_place[kMostUnison];
  bool wide;                             // something stands beside the middle
  float sub, sub_before;
  float cutoff, cutoff_sweep, cutoff_rate, damping, key_follow;
  float slide;                           // share of the way to a new pitch that is left after a cell
  AdsrShape envelope;
};

class WavetableQuad {
 public:
  // Pitches are octaves from A4.                                                                  [audio]
  void start(int lane, const NoteEvent& note, float pitch, float slide_from, const WavetableCell& cell);
  void move(int lane, float pitch) { target_ = with_lane(target_, lane, pitch); }
  void end(int lane, VoiceEnd how, const WavetableCell& cell, float rate);

  // As in poly_quad.h.                                                                            [audio]
  void control(const WavetableCell& cell, float frames) { aim(cell, 15, frames); }
  void control_changed(const WavetableCell& cell, float frames) { if (changed_) aim(cell, changed_, frames); }

  // Adds `frames` to what both sides share and, when the cell is wide, to what the left has more than the right. [audio]
  void render(const WavetableCell& cell, int at, f32x4* middle, f32x4* side, int frames);

  int settle();                                     // at the end of a cell: the lanes that are silent, by bit
  f32x4 levels() const { return envelope_.level() * loudness_; }

 private:
  void aim(const WavetableCell& cell, int lanes, float frames);
  void aim_position(const WavetableCell& cell, mask4 lanes, f32x4 per_frame, float frames);
  void read(int copy, f32x4* out, int frames);

  f32x4 phase_[kMostUnison] = {}, increment_[kMostUnison] = {}, increment_step_[kMostUnison] = {};
  f32x4 gain_[kMostUnison] = {}, gain_step_[kMostUnison] = {};
  f32x4 sub_phase_ = 0, sub_increment_ = 0;
  const float* early_[kMostUnison][4] = {};         // for each copy and lane the cycles on both sides of the position
  const float* late_[kMostUnison][4] = {};
  f32x4 points_[kMostUnison] = {};
  f32x4 frame_ = 0, between_ = 0, between_step_ = 0;   // the position: whole frames, the rest, its movement
  f32x4 swing_ = 0, sweep_ = 0, cutoff_sweep_ = 0;

  f32x4 pitch_ = 0, target_ = 0, loudness_ = 0, brightness_ = 0;
  Adsr4 envelope_;
  f32x4 level_ = 0, level_step_ = 0;
  SvfCoefficients filter_now_{}, filter_step_{};
  Svf4 filter_, side_filter_;
  int changed_ = 0, fresh_ = 0;                     // lanes that began or ended since the last aim; not yet aimed, by bit
};

}  // namespace arietta
