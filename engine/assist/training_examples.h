// One line of the corpora as the examples a training run learns from: stretches of the tune to go on with, the tune with
// its ending known, gaps of one to four bars with both sides known, and, for four-part pieces, one voice against another.
// Which examples a line gives depends on the line alone.   [setup]
#pragma once
#include <string_view>
#include <vector>

#include "assist/steps.h"
#include "base/result.h"

namespace arietta {

Result<std::vector<Example>> training_examples(std::string_view tune_json, int gaps_per_tune);

}  // namespace arietta
