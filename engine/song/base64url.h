// Base64 in the alphabet that needs no escaping in an address (RFC 4648 section 5), without padding.   [any]
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/types.h"

namespace arietta {

inline constexpr std::string_view kBase64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr size_t base64_characters(size_t bytes) { return (bytes * 8 + 5) / 6; }

inline std::string to_base64url(Bytes bytes) {
  std::string text;
  text.reserve(base64_characters(bytes.size()));
  uint32_t bits = 0;
  int held = 0;
  for (const uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 6; held -= 6) text += kBase64Alphabet[bits >> (held - 6) & 63];
  }
  if (held > 0) text += kBase64Alphabet[bits << (6 - held) & 63];
  return text;
}

// Index of the first character outside the alphabet, npos when there is none.
inline size_t find_stranger(std::string_view text) { return text.find_first_not_of(kBase64Alphabet); }

// Of characters of the alphabet only. Bits left over at the end, fewer than a byte, go to `rest`: zero in what
// to_base64url() wrote.
inline std::vector<uint8_t> from_base64url(std::string_view text, uint32_t* rest = nullptr) {
  std::vector<uint8_t> bytes;
  bytes.reserve(text.size() * 6 / 8);
  uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = bits << 6 | uint32_t(kBase64Alphabet.find(c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(uint8_t(bits >> held));
  }
  if (rest) *rest = bits & ((1u << held) - 1);
  return bytes;
}

}  // namespace arietta
