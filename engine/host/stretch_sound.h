// A whole sound at another length and pitch, frame for frame in time: what was at t seconds is at t * stretch.
#pragma once
#include "base/result.h"
#include "host/sound.h"

namespace arietta {

struct StretchOptions {
  double stretch = 1;                // output length / input length, 0.25 to 4
  double semitones = 0;
};

Result<Sound> stretch_sound(const Sound& in, const StretchOptions& options);                    // [main]

}  // namespace arietta
