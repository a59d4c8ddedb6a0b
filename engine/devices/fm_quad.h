// Four voices of the FM synthesiser, a voice in each lane: four sine operators that move each other's phase (J. M.
// Chowning, "The synthesis of complex audio spectra by means of frequency modulation", JAES 21(7), 1973). Runs at twice
// the sample rate; what would still reach too high is kept down by making the modulation shallower (see `bandwidth`).
#pragma once
#include "base/note_event.h"
#include "devices/voice_pool.h"
#include "dsp/envelope.h"

namespace arietta {

inline constexpr int kFmOperators = 4;

// Who moves whom: one row of kFmRoutes. Operators count from 1; the first also moves itself.
struct FmRoute {
  float by_1_on_2, by_1_on_3, by_2_on_3, by_1_on_4, by_2_on_4, by_3_on_4;
  float heard[kFmOperators];             // gain to the output; an operator that is heard is a carrier
};

struct FmOperatorCell {
  float ratio;                           // octaves above the note
  float level;                           // 0 to 1
  float velocity;                        // how much a soft touch takes away, 0 to 1
  AdsrShape envelope;
};

// What all voices share during one cell of kMaxBlock frames. Pitches are in octaves.
struct FmCell {
  float a4;                              // of cycles per frame at the doubled rate; moved by bend and vibrato
  FmOperatorCell operators[kFmOperators];
  FmRoute route, route_before;           // the routes melt into each other within a cell
  bool new_route;
  float depth;                           // of all modulation, in turns at level 1
  float feedback;                        // turns
  float key_scaling;                     // octaves of depth lost for each octave above middle C
  float pitch_sweep, pitch_rate;         // octaves a note starts off by; halvings per frame
  float slide;                           // share of the way to a new pitch that is left after a cell
  float gain, gain_before;               // moves in a straight line through the cell
};

class FmQuad {
 public:
  // Pitches are octaves from A4.                                                                  [audio]
  void start(int lane, float pitch, float slide_from, float velocity);
  void move(int lane, float pitch) { target_ = with_lane(target_, lane, pitch); }
  void end(int lane, VoiceEnd how, const FmCell& cell, float rate);

  // Draws the lines to where every voice shall be `frames` from now; in the middle of a cell only for voices that just
  // began or ended.                                                                               [audio]
  void control(const FmCell& cell, float frames) { aim(cell, 15, frames); }
  void control_changed(const FmCell& cell, float frames) { if (changed_) aim(cell, changed_, frames); }

  // Adds 2 * `frames` at the doubled rate: what both sides share, and what the left has more than the right.  [audio]
  void render(const FmCell& cell, int at, f32x4* middle, f32x4* side, int frames);

  int settle();                                     // at the end of a cell: the lanes that are silent, by bit
  f32x4 levels() const { return loudness_; }

 private:
  void aim(const FmCell& cell, int lanes, float frames);
  void limit(const FmCell& cell, const f32x4 (&frequency)[kFmOperators], f32x4 depth, f32x4 (&reach)[kFmOperators]) const;

  f32x4 phase_[kFmOperators] = {}, increment_[kFmOperators] = {};
  f32x4 level_[kFmOperators] = {}, level_step_[kFmOperators] = {};
  f32x4 reach_[kFmOperators] = {}, reach_step_[kFmOperators] = {};   // how deep each operator may be moved, in turns
  f32x4 last_ = 0, before_last_ = 0;                // the first operator's output, for its feedback
  f32x4 pitch_ = 0, target_ = 0, sweep_ = 0;        // octaves from A4, now and in the end; 1 to 0
  f32x4 touch_ = 0, speed_ = 1, side_ = 0;          // how soft (0 hard); high notes live faster; place between the speakers
  f32x4 loudness_ = 0;
  Adsr4 envelopes_[kFmOperators];
  int changed_ = 0, fresh_ = 0;                     // lanes that began or ended since the last aim; not yet aimed, by bit
};

}  // namespace arietta
