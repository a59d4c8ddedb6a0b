// Recorded sound inside a project file. It stands behind the song (codec.h), one part for each asset:
//   "AUDIO", u8 version 1, u8 encoding (1: 32 bit floats), u8 channels, u32 rate, u32 reserved, u64 frames,
//   32 characters of hash, then the samples, channels taking turns.   [any]
#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/types.h"

namespace arietta {

inline constexpr size_t kAudioPartHeader = 56;

struct AudioPart {
  std::string_view hash;
  int rate = 48000, channels = 1;
  uint64_t frames = 0;
  Bytes samples;                       // floats; not aligned
};

// The parts behind a project's song. They point into `after_song`.
Result<std::vector<AudioPart>> read_audio_parts(Bytes after_song);
std::vector<uint8_t> audio_part_header(const AudioPart& part);

// Bytes of the song at the front of a project file, its header included; 0 when this is no project.
size_t project_song_bytes(Bytes file);

}  // namespace arietta
