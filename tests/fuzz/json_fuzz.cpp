// Any text as JSON of a song: refused with a sentence, or opened as a song that survives its JSON.
#include <cstdlib>

#include "song/json.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto opened = song_from_json({reinterpret_cast<const char*>(data), size});
  if (!opened) {
    if (opened.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = song_from_json(song_to_json(opened.value()));
  if (!again || again.value().content_hash() != opened.value().content_hash()) std::abort();
  return 0;
}
