// A song as text that fits in an address: "#s=" and then
//   version character | base64url( varint payload length and method, varint raw length, varint coded length,
//                                  CRC-32 of the raw bytes, payload )
// Columns of numbers are arithmetic-coded; the rest is coded by a primed model, deflated or stored, whichever is shortest.
// Old versions open for ever. Rules of safe decoding: at most 32 Ki characters, only the alphabet, the declared length as
// the hard limit of what is unpacked, checksum, then full validation. Layout: README.md of this folder.
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
