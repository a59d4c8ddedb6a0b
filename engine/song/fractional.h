// Order keys: texts such that there is always room for one more between two. Tracks are shown in the order of their
// keys, compared as bytes, so that two people who insert at the same place do not conflict.
// Source of the idea: D. Greenspan, "Implementing Fractional Indexing", Observable 2020.   [any]
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "base/types.h"

namespace arietta {

inline constexpr std::string_view kOrderDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// A key after `before` and before `after`; an empty text is the open end. When there is no room because the two are
// equal, the wrong way round or not made of our digits, the key is after `before`.
inline std::string key_between(std::string_view before, std::string_view after) {
  constexpr int kBase = int(kOrderDigits.size());
  const auto digit = [](std::string_view key, size_t i, int missing) {
    if (i >= key.size()) return missing;
    return int(kOrderDigits.find(key[i]));
  };
  if (before.find_first_not_of(kOrderDigits) != std::string_view::npos) return std::string(before) + kOrderDigits[kBase / 2];
  if (after.find_first_not_of(kOrderDigits) != std::string_view::npos) after = {};
  if (!after.empty() && before >= after) after = {};
  std::string key;
  bool bounded = !after.empty();        // still on the upper bound's path
  for (size_t i = 0;; ++i) {
    if (bounded && i >= after.size()) return key_between(before, {});   // nothing lies between "a" and "a0"
    const int low = digit(before, i, 0);
    const int high = bounded ? digit(after, i, 0) : kBase;
    if (low + 1 < high) return key += kOrderDigits[size_t((low + high) / 2)];
    key += kOrderDigits[size_t(low)];
    if (low != high) bounded = false;   // anything that follows stays below `after`
  }
}

// `count` keys in order, all of the same length; what tracks get when they come from a file.
inline std::string order_key(size_t index, size_t count) {
  constexpr size_t kBase = kOrderDigits.size();
  size_t room = kBase, length = 1;
  for (; room <= count * 2; room *= kBase) ++length;
  size_t place = (index + 1) * (room / (count + 1));
  std::string key(length, '0');
  for (size_t i = length; i-- > 0; place /= kBase) key[i] = kOrderDigits[place % kBase];
  return key;
}

}  // namespace arietta
