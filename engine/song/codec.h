// Canonical bytes of a song: equal songs have equal bytes. The project file is these bytes; the link is the same layout
// written as short as it goes (song/link.h). Ids and stamps are not written: entities are numbered anew, actor 0, in
// the order people see. Kinds and fields this program does not know are kept and written back.
//
// Layout: see engine/song/README.md.
#pragma once
#include "base/result.h"
#include "song/document.h"

namespace arietta {

inline constexpr uint8_t kSongVersion = 1;
// What a reader accepts at most; a hostile file cannot ask for more memory than this implies.
inline constexpr size_t kMaxSongEntities = 1'000'000;
inline constexpr size_t kMaxSongBytes = 64u << 20;

std::vector<uint8_t> encode_song(const Document&);                         // [main]
Result<Document> decode_song(Bytes, uint32_t actor = 1);                   // [main]

// Project file: magic, version, length, CRC-32, then the canonical bytes.
inline constexpr std::string_view kProjectMagic = "ARIETTA";
std::vector<uint8_t> write_project(const Document&);
Result<Document> read_project(Bytes, uint32_t actor = 1);

}  // namespace arietta
