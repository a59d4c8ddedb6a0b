// Flattens one preset into playable zones: every instrument zone of every preset zone, with the generators summed
// and the modulators merged by the rules of the SoundFont Technical Specification 2.04, sections 7, 8.5 and 9.4.
#pragma once
#include <array>
#include <vector>

#include "bank/sf_file.h"

namespace arietta {

struct SfKeyRange {
  uint8_t low = 0, high = 127;
  bool empty() const { return low > high; }
};

struct SfZone {
  std::array<int32_t, sfgen::kCount> amount{};   // in the generators' own units, inside their limits
  std::vector<SfModulator> modulators;           // defaults included
  SfKeyRange keys, velocities;
  uint32_t sample = 0;
};

// More zones than any real instrument has; a file that asks for more is refused.
inline constexpr size_t kMaxZones = 8192;

// The zones of preset number `index`. Zones that can never sound are left out.   [main]
Result<std::vector<SfZone>> flatten_preset(const SfFile& file, uint32_t index);

}  // namespace arietta
