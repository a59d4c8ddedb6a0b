// One stroke on one drum, from a recipe: eight partials in two vectors, four layers of filtered hiss in the four
// lanes of one filter. Envelopes move once in kCell frames, counted from the stroke itself, so a stroke sounds
// the same wherever it falls in a block.
#pragma once
#include "base/random.h"
#include "devices/drum_recipe.h"
#include "dsp/ramp.h"
#include "dsp/svf.h"

namespace arietta {

// How the player and the knobs change the recipe.
struct DrumTouch {
  float velocity = 1;
  float level = 1;
  float tune = 0;           // octaves
  float length = 1;         // of the recipe's times
  float punch = 0.5f;       // 0 soft beater, 1 hard
  uint32_t seed = 1;
};

class DrumHit {
 public:
  void start(const DrumRecipe& recipe, const DrumTouch& touch, float sample_rate);              // [audio]
  void fade(float seconds) { fade_.to(0, seconds * sample_rate_); }                             // [audio]

  // Adds up to kMaxBlock frames to both lines, at the drum's place in the picture.                [audio]
  void render(float* left, float* right, int frames);

  // False once nothing is left to hear; loudness is for the steal order.                         [audio]
  bool sounding() const { return loudness_ > kInaudible && !(fade_.target() == 0 && !fade_.moving()); }
  float loudness() const { return loudness_; }

 private:
  static constexpr int kCell = 16;                  // a third of a millisecond
  static constexpr float kInaudible = 2e-5f;        // -94 dB

  void start_tone(const DrumTone& tone, const DrumTouch& touch);
  void start_layers(const DrumRecipe& recipe, const DrumTouch& touch);
  void begin_cell();
  void aim_filters();
  void strike_again();
  float metal();
  float kept_per_cell(float seconds) const;

  float sample_rate_ = 48000;
  int cell_frame_ = 0;
  float loudness_ = 0;
  float left_ = 0, right_ = 0;
  float drive_ = 0, drive_gain_ = 1;
  Glide fade_{1};
  Random random_;

  // Tone: partials, all moved by one falling pitch.
  bool has_tone_ = false;
  f32x4 phase_[2], increment_[2];
  f32x4 ring_[2], ring_keep_[2];                    // envelope, and what a cell leaves of it
  f32x4 ring_level_[2], ring_step_[2];              // what is heard: envelope times attack
  float bend_ = 0, bend_keep_ = 0, snap_ = 0, snap_keep_ = 0;
  float pitch_ = 1, pitch_step_ = 0;
  float swell_ = 1, swell_per_cell_ = 0;            // attack

  // Layers, one a lane.
  bool has_metal_ = false, falls_ = false;
  f32x4 square_phase_[2], square_increment_[2];
  f32x4 metal_share_, damping_;
  f32x4 low_, band_, high_;                         // which output of the filter
  f32x4 hz_, fall_;                                 // octaves of cycles per frame; octaves
  f32x4 burst_, burst_keep_, burst_size_;           // envelope, what a cell leaves of it, where it starts
  f32x4 tail_, tail_keep_, tail_size_;
  f32x4 rise_, rise_per_cell_;                      // attack
  f32x4 level_, level_step_;
  alignas(16) float gap_[4], until_burst_[4];       // in cells
  int bursts_left_[4];
  SvfCoefficients coefficients_;
  Svf4 filter_;
};

}  // namespace arietta
