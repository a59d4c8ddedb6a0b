#include "bank/vorbis.h"

#include "bank/ogg_check.h"

#define STB_VORBIS_NO_STDIO
#define STB_VORBIS_NO_PUSHDATA_API
#define STB_VORBIS_MAX_CHANNELS 2
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wshadow"
#endif
#include <stb_vorbis.c>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace arietta {
namespace {

// Measured on the banks named in README.md: real samples need 60 to 400 kB.
constexpr size_t kWorkspaceBytes = 4 << 20;

}  // namespace

bool VorbisDecoder::decode(Bytes stream, size_t max_frames, std::vector<int16_t>& frames, std::string& reason) {
  frames.clear();
  if (!ogg_vorbis_is_sound(stream)) {
    reason = "its Ogg Vorbis data is damaged";
    return false;
  }
  workspace_.resize(kWorkspaceBytes);
  const stb_vorbis_alloc memory = {workspace_.data(), int(workspace_.size())};
  int code = 0;
  stb_vorbis* decoder = stb_vorbis_open_memory(stream.data(), int(stream.size()), &code, &memory);
  if (!decoder) {
    reason = code == VORBIS_outofmem ? "its Ogg Vorbis data asks for too much memory"
                                     : "its Ogg Vorbis data cannot be decoded";
    return false;
  }
  short block[4096];
  short* channel = block;
  for (int count; (count = stb_vorbis_get_frame_short(decoder, 1, &channel, 4096)) > 0;) {
    if (frames.size() + size_t(count) > max_frames) {
      reason = "it is longer than this program takes";
      return false;
    }
    frames.insert(frames.end(), block, block + count);
  }
  return true;
}

}  // namespace arietta
