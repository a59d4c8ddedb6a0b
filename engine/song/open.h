// Opens whatever a person has: a MIDI file, a project, project JSON or a link, told apart by content, not by name.
#pragma once
#include "base/result.h"
#include "song/document.h"

namespace arietta {

struct Opened {
  std::vector<Document> songs;            // never empty
  std::vector<std::string> warnings;
  std::string_view format;                // "midi", "project", "json", "link"
};

Result<Opened> open_song(Bytes, std::string_view file_name, uint32_t actor = 1);       // [main]

}  // namespace arietta
