// A song as text that fits in an address: "#s=" and then
//   version character | base64url( flags, varint raw length, CRC-32 of the raw bytes, raw deflate of encode_song )
// Old versions open for ever. Rules of safe decoding: at most 32 Ki characters, only the alphabet, inflate with the
// declared length as the hard limit, then full validation.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "song/document.h"

namespace arietta {

inline constexpr size_t kMaxLinkCharacters = 32 * 1024;
inline constexpr size_t kMaxLinkSongBytes = 1u << 20;

// "#s=..." The error says how much too long a song is.                                   [main]
Result<std::string> make_link(const Document&);
// Takes a whole address, its fragment, or the part after "#s=".                          [main]
Result<Document> read_link(std::string_view, uint32_t actor = 1);

}  // namespace arietta
