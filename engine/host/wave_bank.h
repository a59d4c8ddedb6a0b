// A bank made of nothing but one looped wave, so that benches and tests can play the sampled instrument without a
// SoundFont file.
#pragma once
#include <vector>

#include "base/types.h"

namespace arietta {

// Answers to every key of (bank 0, program 0) with a band-limited saw of `voices_per_note` voices.   [main]
std::vector<uint8_t> wave_bank(int voices_per_note = 1);

}  // namespace arietta
