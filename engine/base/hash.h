// A 64-bit content hash for caches and hand-shakes (FNV-1a with a final avalanche from
// MurmurHash3's published constants). Not for security. Same value on every platform.   [any]
#pragma once
#include <string_view>

#include "base/types.h"

namespace arietta {

class Hash64 {
 public:
  constexpr Hash64& byte(uint8_t b) {
    state_ = (state_ ^ b) * 0x100000001b3ull;
    return *this;
  }
  constexpr Hash64& bytes(Bytes data) {
    for (uint8_t b : data) byte(b);
    return *this;
  }
  constexpr Hash64& text(std::string_view text) {
    for (char c : text) byte(uint8_t(c));
    return *this;
  }
  constexpr Hash64& number(uint64_t v) {
    for (int i = 0; i < 8; ++i) byte(uint8_t(v >> (8 * i)));
    return *this;
  }
  constexpr uint64_t value() const {
    uint64_t h = state_;
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdull;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ull;
    return h ^ h >> 33;
  }

 private:
  uint64_t state_ = 0xcbf29ce484222325ull;
};

}  // namespace arietta
