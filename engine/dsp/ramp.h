// Straight lines for values that must not jump. Both are computed from the frame number rather than summed up:
// the last frame lands exactly on the target and rounding cannot drift.
#pragma once
#include "base/types.h"
#include "dsp/simd.h"

namespace arietta {

// From where a value was to a target across one block.                                           [audio]
class Ramp {
 public:
  Ramp(float& held, float target, int frames) : start_(held), step_((target - held) / float(frames)) { held = target; }
  float at(int frame) const { return start_ + step_ * float(frame + 1); }
  f32x4 four_at(int frame) const { return f32x4(start_) + f32x4(step_) * (lane_numbers() + f32x4(float(frame + 1))); }

 private:
  const float start_;
  const float step_;
};

// A value that takes a set time to reach a new target, over as many blocks as that needs. The line does not
// depend on how the time is cut into blocks. It stays on the target once there, exactly.
class Glide {
 public:
  explicit Glide(float value = 0) : target_(value) {}

  void jump(float value) { target_ = value; step_ = 0; left_ = 0; }                             // [audio]

  // Sets off for `target`, to arrive after `frames`.                                              [audio]
  void to(float target, float frames) {
    const float from = value();
    target_ = target;
    left_ = frames >= 1 ? float(int(frames)) : 1;
    step_ = (target - from) / left_;
  }

  float value() const { return target_ - step_ * left_; }
  float target() const { return target_; }
  bool moving() const { return left_ > 0; }

  // The value `frame` frames from now (0 is the next to be heard).                                [audio]
  float at(int frame) const {
    const float left = left_ - float(frame + 1);
    return target_ - step_ * (left > 0 ? left : 0);
  }
  f32x4 four_at(int frame) const {
    return f32x4(target_) - f32x4(step_) * max(f32x4(left_ - float(frame + 1)) - lane_numbers(), f32x4(0));
  }
  void advance(int frames) { left_ = left_ > float(frames) ? left_ - float(frames) : 0; }       // [audio]

 private:
  float target_;
  float step_ = 0;
  float left_ = 0;         // whole frames still to go; a float so that four_at needs no conversion
};

}  // namespace arietta
