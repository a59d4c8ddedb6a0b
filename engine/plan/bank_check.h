// Full validation of a flat bank before an instrument plays it: bounds, finite numbers, loops inside their samples.
// Once this says so, the audio side reads in place without further checks. No allocation, time linear in the bytes
// of the tables (the sample values themselves need no check).
#pragma once
#include "plan/bank_format.h"

namespace arietta {

// More would make looking up a note's regions too slow for the audio thread.
inline constexpr uint32_t kMaxBankRegions = 16384;
inline constexpr uint32_t kMaxBankModulators = 64;   // of one region

// `bank` must start at an address that is a multiple of 4.   [any]
bool check_bank(Bytes bank);

}  // namespace arietta
