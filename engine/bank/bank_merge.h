// Joins flat banks into one: a track that changes its program on the way plays from a single asset, while the page
// loads its presets as separate slices.
#pragma once
#include <vector>

#include "base/result.h"
#include "plan/bank_format.h"

namespace arietta {

// Each part must have passed check_bank. Presets keep their order.                       [main]
Result<std::vector<uint8_t>> merge_banks(span<const std::vector<uint8_t>> parts);

}  // namespace arietta
