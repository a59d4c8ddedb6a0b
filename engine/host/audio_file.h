// A recording from a file's bytes: WAV, FLAC and MP3, told apart by content, not by name. WAV is read by wav.h, the
// others by the decoders in miniaudio (a library, not part of this repository).
#pragma once
#include "analyse/recording.h"
#include "base/result.h"
#include "base/types.h"

namespace arietta {

struct AudioFile {
  Recording recording;
  std::string warning;             // a sentence; empty when all is well
};

// Whether these bytes begin like sound, of a kind that is read or not.                      [main]
bool looks_like_audio(Bytes file);

Result<AudioFile> read_audio(Bytes file);                                                 // [main]

}  // namespace arietta
