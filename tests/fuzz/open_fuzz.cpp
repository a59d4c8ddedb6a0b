// Any bytes as any file a person may drop: refused with a sentence, or opened as songs.
#include <cstdlib>

#include "song/open.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto opened = open_song({data, size}, "fuzz");
  if (opened ? opened.value().songs.empty() || opened.value().format.empty() : opened.error().message.empty()) std::abort();
  return 0;
}
