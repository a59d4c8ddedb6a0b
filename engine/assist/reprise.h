// Earlier passages of a tune, moved to where an answer begins. Most tunes come back to something, so such a passage is an
// answer in its own right, and it says how the drafts should be weighed.   [any]
#pragma once
#include <vector>

#include "assist/request.h"

namespace arietta {

// What the tune had two, four, eight and sixteen bars before the answer, and at its beginning, each as long as the answer;
// only passages that keep to the request's keys and scale.
std::vector<Melody> reprises(const MelodyRequest& request);

}  // namespace arietta
