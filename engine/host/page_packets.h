// What the page sends the engine for a song, as one file, so that another host can be tested with the same bytes:
// u32 length and packet, again and again: the sounds in slices, then the plan.
#pragma once
#include <vector>

#include "host/offline.h"

namespace arietta {

std::vector<uint8_t> page_packets(const Document& document, const std::vector<OfflineAsset>& assets);   // [main]

}  // namespace arietta
