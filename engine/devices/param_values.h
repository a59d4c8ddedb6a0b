// The plain values of one device's parameters. Nothing unusable gets in: a value out of range is limited, one
// that is not a number is ignored.
#pragma once
#include <cmath>

#include "params/param_map.h"
#include "params/param_table.h"

namespace arietta {

template <DeviceKind kKind>
class ParamValues {
 public:
  ParamValues() {
    for (const ParamInfo& param : params_of(kKind)) values_[param.index] = param.initial;
  }

  // False when nothing changed.                                                                   [audio]
  bool set(uint16_t index, float plain) {
    if (index >= kCount || std::isnan(plain)) return false;
    const float value = clamp_plain(params_of(kKind)[index], plain);
    if (value == values_[index]) return false;
    values_[index] = value;
    return true;
  }

  float operator[](uint16_t index) const { return values_[index]; }

 private:
  static constexpr size_t kCount = params_of(kKind).size();
  float values_[kCount];
};

}  // namespace arietta
