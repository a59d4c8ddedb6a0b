#include "host/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  arietta::fuzz_packet({data, size});
  return 0;
}
