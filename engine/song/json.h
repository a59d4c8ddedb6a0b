// The song as readable JSON and back: for diffs, bug reports, `./studio show` and the page's song().
// {"arietta":1,"title":…,"tracks":[{"name":…,"devices":[…],"clips":[{"start":0,"length":3840,"notes":[{…}]}]}],…}
// Names are the schema's; numbers are plain; unknown fields travel under "unknown".
#pragma once
#include <string>

#include "base/result.h"
#include "song/document.h"

namespace arietta {

std::string song_to_json(const Document&, bool pretty = false);            // [main]
Result<Document> song_from_json(std::string_view, uint32_t actor = 1);     // [main]

}  // namespace arietta
