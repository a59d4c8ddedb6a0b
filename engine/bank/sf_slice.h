// Cuts a SoundFont into one small SoundFont a preset, so that a page can load just the instruments a song plays and
// read them with the same reader. Compressed samples are copied byte for byte; every slice carries the whole INFO
// list, and with it the names of the makers and the licence.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "bank/sf_file.h"

namespace arietta {

struct SliceInfo {
  uint16_t bank, program;
  std::string name;
  size_t bytes;
};

// A standalone file with preset number `index` alone.                                  [main]
std::vector<uint8_t> slice_preset(const SfFile& file, uint32_t index);

// Gives every preset's slice to `write`, which says whether to go on; of presets with the same bank and program,
// the first. The list is in order of bank and program.                                 [main]
using SliceWriter = std::function<bool(const SliceInfo& info, Bytes slice)>;
Result<std::vector<SliceInfo>> slice_soundfont(Bytes file, const SliceWriter& write);

}  // namespace arietta
