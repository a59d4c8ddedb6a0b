// Any bytes as a song, plain, as a project file, and with an arithmetic-coded end (the first byte says how long): refused
// with a sentence, or opened as a song that has canonical bytes.
#include <cstdlib>

#include "song/codec.h"
#include "song/codec_stream.h"

using namespace arietta;

namespace {

void check(const Result<Document>& opened) {
  if (!opened) {
    if (opened.error().message.empty()) std::abort();
    return;
  }
  const auto bytes = encode_song(opened.value());
  const auto again = decode_song(bytes);
  if (!again || again.value().content_hash() != opened.value().content_hash() || encode_song(again.value()) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  check(decode_song(bytes));
  check(read_project(bytes));
  if (size == 0) return 0;
  const auto table = read_stream(bytes.subspan(1), data[0], 10'000);
  check(table ? document_of(table.value(), 1, 80) : Result<Document>(table.error()));
  return 0;
}
