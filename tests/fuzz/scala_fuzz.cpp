// Any text as a Scala scale and as a keyboard map: refused with a sentence, or every key has a pitch, before and after
// it has been kept in a song.
#include <cmath>
#include <cstdlib>

#include "song/scala.h"

using namespace arietta;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scale = read_scale(text);
  const auto map = read_key_map(text);
  if ((!scale.ok() && scale.error().message.empty()) || (!map.ok() && map.error().message.empty())) std::abort();
  const TuningScale played = scale.ok() ? scale.value() : TuningScale{"octaves", {1200}};
  for (const double cents : tuning_table(played, map.ok() ? map.value() : KeyMap()))
    if (!std::isfinite(cents)) std::abort();
  if (scale.ok() && !read_scale(write_scale(scale.value())).ok()) std::abort();
  if (map.ok() && !read_key_map(write_key_map(map.value())).ok()) std::abort();
  return 0;
}
