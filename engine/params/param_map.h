// Knob position (0 to 1) <-> plain value, by the parameter's curve. Screen, automation and tests share it,
// so a knob can never disagree with the sound.   [any]
#pragma once
#include <cmath>

#include "base/mathx.h"
#include "params/param_table.h"

namespace arietta {

inline float clamp_plain(const ParamInfo& param, float plain) {
  if (!(plain == plain)) return param.initial;              // not a number
  return clampf(plain, param.min, param.max);
}

inline float to_plain(const ParamInfo& param, float position) {
  const float p = clampf(position, 0, 1);
  switch (param.curve) {
    case Curve::kLog: return param.min * std::pow(param.max / param.min, p);
    case Curve::kSquare: return param.min + (param.max - param.min) * p * p;
    case Curve::kSteps: return std::round(lerp(param.min, param.max, p));
    case Curve::kLinear: break;
  }
  return lerp(param.min, param.max, p);
}

inline float to_position(const ParamInfo& param, float plain) {
  const float v = clamp_plain(param, plain);
  const float range = param.max - param.min;
  switch (param.curve) {
    case Curve::kLog: return std::log(v / param.min) / std::log(param.max / param.min);
    case Curve::kSquare: return std::sqrt((v - param.min) / range);
    case Curve::kSteps:
    case Curve::kLinear: break;
  }
  return (v - param.min) / range;
}

}  // namespace arietta
