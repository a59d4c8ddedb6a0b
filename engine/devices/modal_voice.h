// One struck bell, bar or gong: each mode is a point that turns on a shrinking circle, four to a vector, set off by the
// push of a mallet. A point's turn is exact at any pitch, so there is nothing to alias and nothing to be out of tune.
// Source: M. Mathews and J. O. Smith, "Methods for synthesizing very high Q parametrically well behaved two pole
// filters", SMAC 2003; mallets: A. Chaigne and V. Doutaut, JASA 101(1), 1997.
#pragma once
#include "base/random.h"
#include "devices/modal_table.h"
#include "dsp/svf.h"

namespace arietta {

// What the knobs say, for the next stroke and for what already rings.
struct ModalTouch {
  ModalSound sound = ModalSound::kVibraphone;
  float hardness = 0.5f, place = 0.3f, tilt = 0, stretch = 1, shimmer = 1;
  float ring = 1;                       // of the instrument's own
  float knock = 1, bloom = 0, bloom_s = 1;
};

class ModalVoice {
 public:
  // `key` and `bend` in keys, velocity 0 to 1.                                                   [audio]
  void start(const ModalTouch& touch, float key, float bend, float velocity, uint32_t seed, float sample_rate);
  // A damper comes down, -60 dB after `seconds`.                                                 [audio]
  void damp(float seconds);
  void fade(float seconds);                                                                      // [audio]

  // Once a cell: pitch and ring follow wheel and knobs where they moved.                         [audio]
  void control(const ModalTouch& touch, float bend);
  // Adds `frames` to the two groups of modes, which stand a little apart.                        [audio]
  void render(float* near, float* far, int frames);

  bool sounding() const { return active_ > 0 && !(fade_ <= 0); }
  float loudness() const { return loudness_; }

 private:
  static constexpr int kVectors = (kMostModes + 8) / 4;      // the first eight modes may be pairs

  struct Place { int vector, lane; };
  static Place place_of(int mode, bool twin);
  void tune(float bend);
  void excite(float* near, float* far, int frames);
  void turn(float* near, float* far, int frames);
  void trim();

  f32x4 x_[kVectors], y_[kVectors];         // the points
  f32x4 cos_[kVectors], sin_[kVectors];     // a frame's turn and shrinking
  f32x4 octaves_[kVectors], loss_[kVectors], push_[kVectors], bloom_push_[kVectors];
  int active_ = 0;
  float bend_ = 0, ring_ = 1, damp_loss_ = 0;
  float base_octaves_ = 0;                  // of cycles per frame
  float sample_rate_ = 48000;
  float loudness_ = 0;

  int frame_ = 0, contact_frames_ = 0, knock_frames_ = 0, bloom_frames_ = 0;
  float force_ = 0, knock_ = 0, bloom_ = 0;
  float fade_ = 1, fade_step_ = 0;
  Random random_;
  float knock_low_ = 0, knock_band_ = 0, knock_turn_ = 0;
};

}  // namespace arietta
