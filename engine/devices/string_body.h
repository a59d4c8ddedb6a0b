// The box a string is stretched over: sixteen resonances, four to a vector, each heard from a little more left or right.
// The lowest eight are the air and the plates of the instrument as measured; the upper eight stand for the crowd of
// modes that make up its brilliance.
// Sources: N. Fletcher and T. Rossing, "The Physics of Musical Instruments", 2nd ed., chapters 9 to 11; E. Jansson,
// "Acoustics for violin and guitar makers", 4th ed., 2002.
#pragma once
#include "base/types.h"
#include "dsp/svf.h"

namespace arietta {

enum class BodyKind : uint8_t { kNone, kGuitar, kHarp, kDoubleBass, kKoto, kBanjo, kViolin, kCello };

class StringBody {
 public:
  void choose(BodyKind kind, float sample_rate);                                                 // [audio]
  void reset();                                                                                  // [audio]

  // Adds what the box gives back of `in` to both lines.                                          [audio]
  void render(const float* in, float* left, float* right, int frames);

 private:
  static constexpr int kVectors = 4;
  SvfCoefficients coefficients_[kVectors];
  f32x4 left_[kVectors], right_[kVectors];
  Svf4 modes_[kVectors];
};

}  // namespace arietta
