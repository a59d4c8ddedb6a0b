// Turns presets of a SoundFont into the flat bank that the sampled instrument plays (plan/bank_format.h).
#pragma once
#include <vector>

#include "bank/sf_file.h"

namespace arietta {

struct BankChoice { uint16_t bank, program; };

struct BankLimits {
  size_t max_bytes = size_t(192) << 20;   // refused beyond this
  size_t good_bytes = 0;                  // beyond this, bright sounds are stored at half their rate; 0 = never
};

// Presets that the file lacks are replaced as a General MIDI player would: the same program of bank 0, for
// percussion kit 0. Fails when nothing of what was asked can be played.                                [main]
Result<std::vector<uint8_t>> build_bank(const SfFile& file, span<const BankChoice> choices, BankLimits limits = {});

}  // namespace arietta
