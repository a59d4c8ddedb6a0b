// The first part of a link, all but the columns of notes: names, instruments, lists of what there is. It is short and
// looks much the same in every song, so it is coded by a model that has read five plain songs before.   [main]
#pragma once
#include <vector>

#include "base/types.h"

namespace arietta {

// Longer ones are deflated: this is thorough, not fast.
inline constexpr size_t kMaxCodedHead = 64 * 1024;

std::vector<uint8_t> code_head(Bytes head);
std::vector<uint8_t> read_head(Bytes coded, size_t size);

}  // namespace arietta
