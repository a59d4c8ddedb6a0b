// A table of columns as bytes and back. Layout: README.md of this folder.   [main]
#pragma once
#include "song/codec_table.h"

namespace arietta {

// Which of int_choices() to take for the three columns of notes that make most of a song. All zero is the estimate;
// a link tries the others and keeps what deflates best.
struct NotePicks {
  size_t length = 0, key = 0, velocity = 0;
};

struct Stream {
  std::vector<uint8_t> bytes;
  std::vector<size_t> seams;           // where the notes' columns begin, and where they end
  NotePicks ways;                      // how many choices there are for each
};
Stream write_stream(const SongTable&, const NotePicks& = {});

// Reads nothing that would take more memory than `max_entities` need, and no more than the bytes can pay for.
Result<SongTable> read_stream(Bytes, size_t max_entities);

}  // namespace arietta
