// CRC-32 as in zip, PNG and Ethernet (reflected, polynomial 0x04C11DB7; ISO 3309).   [any]
#pragma once
#include <array>

#include "base/types.h"

namespace arietta {

namespace crc32_detail {
constexpr std::array<uint32_t, 256> make_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    table[byte] = crc;
  }
  return table;
}
inline constexpr std::array<uint32_t, 256> kTable = make_table();
}  // namespace crc32_detail

constexpr uint32_t crc32(Bytes bytes) {
  uint32_t crc = 0xffffffff;
  for (const uint8_t byte : bytes) crc = crc >> 8 ^ crc32_detail::kTable[(crc ^ byte) & 0xff];
  return ~crc;
}

}  // namespace arietta
