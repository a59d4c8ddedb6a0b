// The knobs of one effect: where each is to go and where it is on the way, so that none ever jumps. A knob takes the
// smoothing time of its line in params.def; one with a logarithmic scale moves evenly in octaves.
// Values are plain, in the parameter's own unit.
#pragma once
#include <cmath>

#include "devices/param_values.h"
#include "dsp/ramp.h"

namespace arietta {

template <DeviceKind kKind>
class Knobs {
 public:
  void prepare(float sample_rate) {                                                              // [setup]
    frames_per_ms_ = sample_rate * 0.001f;
    settle();
  }

  // All arrive at once.                                                                         [audio]
  void settle() {
    for (uint16_t i = 0; i < kCount; ++i) {
      glides_[i].jump(scaled(i, wanted_[i]));
      now_[i] = wanted_[i];
    }
    moving_ = false;
  }

  // False when nothing changed.                                                                 [audio]
  bool set(uint16_t index, float plain) {
    if (!wanted_.set(index, plain)) return false;
    glides_[index].to(scaled(index, wanted_[index]), params_of(kKind)[index].smoothing_ms * frames_per_ms_);
    return moving_ = true;
  }

  // Goes on by a block: now() is then where the knobs are at its end. False when none moved.    [audio]
  bool advance(int frames) {
    if (!moving_) return false;
    moving_ = false;
    for (uint16_t i = 0; i < kCount; ++i) {
      if (!glides_[i].moving()) continue;
      glides_[i].advance(frames);
      moving_ = moving_ || glides_[i].moving();
      now_[i] = !glides_[i].moving() ? wanted_[i] : logarithmic(i) ? std::exp2(glides_[i].value()) : glides_[i].value();
    }
    return true;
  }

  float now(uint16_t index) const { return now_[index]; }
  float wanted(uint16_t index) const { return wanted_[index]; }

 private:
  static constexpr size_t kCount = params_of(kKind).size();

  static bool logarithmic(uint16_t index) { return params_of(kKind)[index].curve == Curve::kLog; }
  static float scaled(uint16_t index, float plain) { return logarithmic(index) ? std::log2(plain) : plain; }

  ParamValues<kKind> wanted_;
  Glide glides_[kCount];
  float now_[kCount] = {};
  float frames_per_ms_ = 48;
  bool moving_ = false;
};

}  // namespace arietta
