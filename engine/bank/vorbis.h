// Decodes one Ogg Vorbis stream, as SF3 files hold them, to mono 16-bit frames. Uses stb_vorbis (a library, not
// part of this repository). Memory is bounded: the decoder works inside one buffer of fixed size and the output
// stops at `max_frames`.
//
// The stream is checked first (ogg_check.h), because the decoder trusts much of what it reads.
#pragma once
#include <string>
#include <vector>

#include "base/types.h"

namespace arietta {

class VorbisDecoder {
 public:
  // `frames` becomes the decoded sound. False, with `reason` as the end of a sentence, when it cannot.   [main]
  bool decode(Bytes stream, size_t max_frames, std::vector<int16_t>& frames, std::string& reason);

 private:
  std::vector<char> workspace_;   // the decoder's only memory, kept from sample to sample
};

}  // namespace arietta
