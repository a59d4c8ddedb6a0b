// Converts a flattened SoundFont zone to the bank's own units: seconds, Hz, dB.
// Source: SoundFont Technical Specification 2.04, sections 8.1.2 (units) and 8.2 (modulator sources).
#pragma once
#include <vector>

#include "bank/sf_zones.h"
#include "plan/bank_format.h"

namespace arietta {

// Everything but where the sample lies and which modulators there are.   [any]
BankRegion region_of(const SfZone& zone, const SfSample& sample);

// The zone's modulators that this project acts on.                       [any]
std::vector<BankModulator> modulators_of(const SfZone& zone);

}  // namespace arietta
