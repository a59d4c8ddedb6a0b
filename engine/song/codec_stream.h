// A table of columns as bytes and back. Layout: README.md of this folder.   [main]
#pragma once
#include "song/codec_table.h"

namespace arietta {

// Plain bytes are what files have: quick to write, and diffs and other programs can look inside. Short bytes are what
// links have: numbers are arithmetic-coded, which is slower and smaller.
enum class Writing { kPlain, kShort };

struct Stream {
  std::vector<uint8_t> bytes;
  size_t coded = 0;                    // how many of them, at the end, are arithmetic-coded
  bool readable = true;                // false: more arithmetic than a reader puts up with; only songs far too long for links
};
Stream write_stream(const SongTable&, Writing);

// `coded` is what write_stream() gave, none for plain bytes. Reads nothing that would take more memory than `max_entities` need, and no more than the bytes can pay for.
Result<SongTable> read_stream(Bytes, size_t coded, size_t max_entities);

}  // namespace arietta
