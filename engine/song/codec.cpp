#include "song/codec.h"

#include <algorithm>

#include "song/codec_stream.h"
#include "song/crc32.h"
#include "song/project_audio.h"
#include "song/words.h"

namespace arietta {
namespace {

constexpr uint8_t kProjectVersion = 1;
constexpr size_t kHeaderBytes = 16;      // magic, version, u32 length of the song, u32 CRC-32 of the song

}  // namespace

std::vector<uint8_t> encode_song(const Document& document) { return write_stream(table_of(document), Writing::kPlain).bytes; }

Result<Document> decode_song(Bytes bytes, uint32_t actor) {
  if (bytes.size() > kMaxSongBytes)
    return Error{"This song is too big: it has " + with_commas(bytes.size()) + " bytes, and Arietta opens at most " +
                 with_commas(kMaxSongBytes) + "."};
  Result<SongTable> table = read_stream(bytes, 0, kMaxSongEntities);
  if (!table) return table.error();
  return document_of(*table, actor, SIZE_MAX);
}

std::vector<uint8_t> write_project(const Document& document) {
  const std::vector<uint8_t> song = encode_song(document);
  ByteWriter out;
  out.text(kProjectMagic);
  out.u8(kProjectVersion);
  out.u32(uint32_t(song.size()));
  out.u32(crc32(song));
  out.raw(song);
  return out.release();
}

Result<Document> read_project(Bytes bytes, uint32_t actor) {
  ByteReader in(bytes);
  const std::string_view magic = in.text(std::min(kProjectMagic.size(), bytes.size()));
  if (bytes.empty() || magic != kProjectMagic.substr(0, magic.size())) return Error{"This is not an Arietta project file.", 0};
  const uint8_t version = in.u8();
  const uint32_t length = in.u32(), checksum = in.u32();
  if (!in.ok())
    return Error{"This project file is cut off: it has only " + with_commas(bytes.size()) + " bytes.", int64_t(bytes.size())};
  if (version != kProjectVersion)
    return Error{"This project file needs a newer Arietta: it has format " + std::to_string(version) +
                     ", and this one reads up to " + std::to_string(kProjectVersion) + ".", int64_t(kProjectMagic.size())};
  if (in.left() < length)
    return Error{"This project file is cut off: it says it has " + with_commas(kHeaderBytes + length) + " bytes, but only " +
                     with_commas(bytes.size()) + " are there.", int64_t(bytes.size())};
  const bool audio_follows = in.left() > length && read_audio_parts(bytes.subspan(kHeaderBytes + length)).ok();
  if (in.left() > length && !audio_follows)
    return Error{"This project file has " + with_commas(in.left() - length) + " bytes too many at its end.",
                 int64_t(kHeaderBytes + length)};
  const Bytes song = in.take(length);
  if (crc32(song) != checksum)
    return Error{"This project file is damaged: its checksum does not match what is in it.", int64_t(kHeaderBytes)};
  Result<Document> document = decode_song(song, actor);
  if (document) return document;
  Error error = document.error();
  if (error.offset >= 0) error.offset += int64_t(kHeaderBytes);
  return error;
}

}  // namespace arietta
