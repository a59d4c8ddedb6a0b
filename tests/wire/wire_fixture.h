// Packets whose bytes must never change: the file fixture.json beside this holds them, and the page's own reader
// and writer are tested with the same file (wire_test.mjs).
#pragma once
#include <string>
#include <vector>

#include "base/types.h"

namespace arietta {

struct WirePacket {
  std::string name;
  std::vector<uint8_t> bytes;
};

std::vector<WirePacket> wire_packets();
std::string wire_fixture_json();

}  // namespace arietta
