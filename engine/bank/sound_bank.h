// A dropped recording as a bank: one region over all keys, two when it is stereo, the left side first. It plays once;
// what part of it, and whether it loops, the sampler's knobs say.                                   [main]
#pragma once
#include <vector>

#include "base/result.h"
#include "base/types.h"

namespace arietta {

struct DecodedSound {
  span<const float> left, right;         // the right one empty: mono. -1 to 1, louder is limited
  float sample_rate = 48000;
  float root_key = 60;                   // the key on which it sounds as recorded
};

Result<std::vector<uint8_t>> sound_bank(const DecodedSound& sound);

}  // namespace arietta
