// What a fuzzer does with its bytes, by target name, so that `studio_cli fuzz-one` replays a finding exactly.
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
