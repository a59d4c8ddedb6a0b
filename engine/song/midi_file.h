// Standard MIDI files <-> songs. Source: The Complete MIDI 1.0 Detailed Specification, Standard MIDI Files 1.0;
// RP-001; RMID (RIFF) wrapper.
#pragma once
#include "base/result.h"
#include "song/document.h"

namespace arietta {

struct MidiImport {
  std::vector<Document> songs;            // one; for format 2 one per sequence; never empty
  std::vector<std::string> warnings;      // what was odd and how it was mended, in plain words
};

Result<MidiImport> read_midi(Bytes, std::string_view file_name, uint32_t actor = 1);   // [main]
std::vector<uint8_t> write_midi(const Document&);                                      // [main]

}  // namespace arietta
