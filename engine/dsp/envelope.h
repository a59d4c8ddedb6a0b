// Attack, decay, sustain, release for four voices. Segments are exponential like a capacitor's: the attack aims
// at 130 % and is cut at 100 %, decay and release have 1/1000 left after their time. The level moves only
// forward from where it is, so a retrigger, an early release or a fade never jumps. It is stepped at control
// points; the caller draws straight lines in between.
#pragma once
#include "dsp/fastmath.h"
#include "dsp/simd.h"

namespace arietta {

// Times become rates: halvings of the distance to the goal per frame.
struct AdsrShape {
  float attack, decay, sustain, release;

  static constexpr float kAttackHalvings = 2.11548f;    // log2(1.3 / 0.3)
  static constexpr float kDecayHalvings = 9.96722f;     // log2(1001)

  static AdsrShape make(float attack_s, float decay_s, float sustain, float release_s, float sample_rate) {
    return {kAttackHalvings / (attack_s * sample_rate), release_rate(decay_s, sample_rate), sustain,
            release_rate(release_s, sample_rate)};
  }
  static float release_rate(float seconds, float sample_rate) { return kDecayHalvings / (seconds * sample_rate); }
  // From full level to nothing in `seconds`, almost straight: for stolen voices.
  static float fade_rate(float seconds, float sample_rate) { return kAttackHalvings / (seconds * sample_rate); }
};

class Adsr4 {
 public:
  void start(int lane) { set(lane, kAttack, 0); }                                                // [audio]
  void release(int lane, float rate) { set(lane, kRelease, rate); }                              // [audio]
  void fade(int lane, float rate) { set(lane, kFade, rate); }                                    // [audio]
  void reset() { level_ = stage_ = end_rate_ = f32x4(0); }                                       // [audio]

  // The level `frames` from now, for the lanes in `lanes`; the others stay. A lane whose time runs faster gets more
  // frames than have passed.                                                                      [audio]
  f32x4 advance(const AdsrShape& shape, f32x4 frames, mask4 lanes) {
    const mask4 attack = stage_ == f32x4(kAttack), decay = stage_ == f32x4(kDecay);
    const mask4 fading = stage_ == f32x4(kFade);
    const f32x4 goal = select(attack, f32x4(1.3f), select(decay, f32x4(shape.sustain),
                              select(fading, f32x4(-0.3f), f32x4(-0.001f))));
    const f32x4 rate = select(attack, f32x4(shape.attack), select(decay, f32x4(shape.decay), end_rate_));
    const f32x4 moved = goal + (level_ - goal) * fast_exp2(rate * -frames);
    const f32x4 level = select(stage_ == f32x4(kIdle), f32x4(0), clamp(moved, f32x4(0), f32x4(1)));

    const mask4 peaked = attack & (level >= f32x4(1));
    const float gone = shape.sustain < kInaudible ? kInaudible : 0;     // a pluck decays to nothing by itself
    const mask4 over = (stage_ > f32x4(kAttack)) & (level <= f32x4(gone));
    const f32x4 stage = select(peaked, f32x4(kDecay), select(over, f32x4(kIdle), stage_));
    stage_ = select(lanes, stage, stage_);
    level_ = select(lanes, select(over, f32x4(0), level), level_);
    return level_;
  }

  f32x4 level() const { return level_; }
  mask4 idle() const { return stage_ == f32x4(kIdle); }

 private:
  static constexpr float kIdle = 0, kAttack = 1, kDecay = 2, kRelease = 3, kFade = 4;
  static constexpr float kInaudible = 1e-5f;                            // -100 dB

  void set(int lane, float stage, float rate) {
    stage_ = with_lane(stage_, lane, stage);
    end_rate_ = with_lane(end_rate_, lane, rate);
  }

  f32x4 level_ = 0, stage_ = 0, end_rate_ = 0;
};

}  // namespace arietta
