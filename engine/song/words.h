// Numbers as people write them, for sentences.   [any]
#pragma once
#include <string>

#include "base/types.h"

namespace arietta {

inline std::string with_commas(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace arietta
