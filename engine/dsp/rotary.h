// A rotating speaker heard by two microphones: above 800 Hz a horn, below it a drum, each with its own inertia. Turning,
// they come nearer and go away (pitch), face you and turn their backs (loudness and brightness). J. Smith, S. Serafin,
// J. Abel and D. Berners, "Doppler simulation and the Leslie", DAFx 2002; speeds and times of a Leslie 122.
#pragma once
#include "dsp/simd.h"
#include "dsp/tap_delay.h"

namespace arietta {

enum class RotorSpeed : uint8_t { kStopped, kSlow, kFast };

class Rotary {
 public:
  bool prepare(float sample_rate, Arena& arena);                                                 // [setup]
  void reset();                                                                                  // [audio]

  // The rotors take their time to get there; settle() has them there at once.                    [audio]
  void set_speed(RotorSpeed speed) { speed_ = speed; }
  void settle();

  // One frame in, both microphones out.                                                          [audio]
  void tick(float in, float& left, float& right);

  // Once a cell, so that what fades does not end in slow numbers.                                [audio]
  void flush();

 private:
  struct Rotor {
    float turn = 0, hz = 0;            // where it points; how fast it turns
    TapDelay line;
  };

  void spin(Rotor& rotor, const struct RotorBuild& build);

  float rate_ = 48000;
  RotorSpeed speed_ = RotorSpeed::kSlow;
  Rotor horn_, drum_;
  float split_ = 0.1f, low_[2] = {};   // share of a one-pole step; states of the crossover
  // Four ears: the left and right microphone at the horn, then at the drum.
  f32x4 reach_ = 0, shade_ = 0, behind_ = 0, before_ = 0;   // frames; 0 to 1; one-pole steps from behind and in front
  f32x4 heard_ = 0;
};

}  // namespace arietta
