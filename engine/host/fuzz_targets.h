// What becomes of a fuzzer's bytes, by the name of its target, for `studio_cli fuzz-one`: to see a finding in the program
// people use. The engine's two targets are these functions; the readers' fuzzers in tests/fuzz ask more of what was read.
#pragma once
#include <string_view>

#include "base/types.h"

namespace arietta {

struct FuzzTarget {
  std::string_view name;
  void (*run)(Bytes);
};

span<const FuzzTarget> fuzz_targets();         // [main]

void fuzz_plan(Bytes);       // a plan's head (its length first) and one chunk: checked, loaded, played
void fuzz_packet(Bytes);     // a packet from the page, for an engine that plays a song

}  // namespace arietta
