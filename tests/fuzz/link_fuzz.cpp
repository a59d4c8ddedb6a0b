// Any text as a link, and any bytes in a frame whose checksum is right: refused with a sentence, or opened as a song whose
// own link opens as the same song.
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "song/base64url.h"
#include "song/crc32.h"
#include "song/link.h"

using namespace arietta;

namespace {

void check(std::string_view text) {
  const auto opened = read_link(text);
  if (!opened) {
    if (opened.error().message.empty()) std::abort();
    return;
  }
  const auto link = make_link(opened.value());
  if (!link) return;                                  // opened, but too long to write: broken links need not be short
  const auto again = read_link(link.value());
  if (!again || again.value().content_hash() != opened.value().content_hash()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  check({reinterpret_cast<const char*>(data), size});
  if (size == 0) return 0;

  const Bytes raw(data + 1, size - 1);
  ByteWriter frame;
  frame.varint(raw.size() << 2 | 1);                  // stored as it is
  frame.varint(raw.size());
  frame.varint(std::min<size_t>(data[0], raw.size()));
  frame.u32(crc32(raw));
  frame.raw(raw);
  check("#s=1" + to_base64url(frame.bytes()));
  return 0;
}
