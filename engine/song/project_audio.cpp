#include "song/project_audio.h"

#include "base/bytes.h"
#include "song/codec.h"

namespace arietta {
namespace {

constexpr std::string_view kTag = "AUDIO";
constexpr uint8_t kVersion = 1, kFloats = 1;
constexpr size_t kHashCharacters = 32;
constexpr size_t kSongHeader = 16;               // of the project, see codec.cpp

}  // namespace

Result<std::vector<AudioPart>> read_audio_parts(Bytes after_song) {
  std::vector<AudioPart> parts;
  ByteReader in(after_song);
  while (in.left() > 0) {
    const bool is_part = in.text(kTag.size()) == kTag;
    const uint8_t version = in.u8(), encoding = in.u8(), channels = in.u8();
    AudioPart part;
    part.channels = channels;
    part.rate = int(in.u32());
    in.u32();
    part.frames = in.u32();
    part.frames |= uint64_t(in.u32()) << 32;
    part.hash = in.text(kHashCharacters);
    if (!in.ok() || !is_part) return Error{"The part of this project file that holds recorded sound is damaged."};
    if (version != kVersion || encoding != kFloats) return Error{"The recorded sound in this project file needs a newer Arietta."};
    const bool sensible = channels >= 1 && channels <= 2 && part.rate >= 8000 && part.rate <= 384000;
    if (!sensible || part.frames > in.left() / (size_t(channels) * sizeof(float)))
      return Error{"The recorded sound at the end of this project file is cut off."};
    part.samples = in.take(size_t(part.frames) * channels * sizeof(float));
    parts.push_back(part);
  }
  return parts;
}

std::vector<uint8_t> audio_part_header(const AudioPart& part) {
  ByteWriter out;
  out.text(kTag);
  out.u8(kVersion);
  out.u8(kFloats);
  out.u8(uint8_t(part.channels));
  out.u32(uint32_t(part.rate));
  out.u32(0);
  out.u32(uint32_t(part.frames));
  out.u32(uint32_t(part.frames >> 32));
  out.text(part.hash);
  return out.release();
}

size_t project_song_bytes(Bytes file) {
  ByteReader in(file);
  if (in.text(kProjectMagic.size()) != kProjectMagic) return 0;
  in.u8();
  const size_t length = in.u32();
  return in.ok() ? kSongHeader + length : 0;
}

}  // namespace arietta
