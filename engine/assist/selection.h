// Which of many drafts become the suggestions. The first is the one the others agree with most; each further one is the
// draft that, together with those already chosen, comes nearest to all: between them they cover what the model finds likely,
// so they differ where the model is of several minds. Passages of the tune that come back have a say among the drafts, and one
// suggestion in three, never the first, may be one of them.
//
// Source: minimum Bayes risk decoding (Kumar and Byrne, HLT-NAACL 2004); the greedy choice for a coverage that only grows
// (Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978).   [any]
#pragma once
#include <cstdint>
#include <vector>

#include "assist/melody.h"

namespace arietta {

// 0..1: how much two lines have in common, half counted by notes at the same place and half by the largest part that is the
// same when one of them is moved in time and pitch (the cardinality score of Collins' pattern prediction task, MIREX 2018).
double likeness(const Melody& a, const Melody& b);

struct Draft {
  enum class Kind : uint8_t { kWritten, kDull, kReprise };   // dull ones have a say too, but are shown only for want of others
  Melody notes;
  Kind kind = Kind::kWritten;
};

// Indices of `count` drafts, the best first; all when there are fewer.
std::vector<int> select_drafts(const std::vector<Draft>& drafts, int count);

}  // namespace arietta
