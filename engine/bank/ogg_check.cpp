#include "bank/ogg_check.h"

#include <array>
#include <cstring>
#include <vector>

#include "base/bytes.h"

namespace arietta {
namespace {

constexpr size_t kPageHeader = 27;
constexpr size_t kChecksumAt = 22;

constexpr std::array<uint32_t, 256> make_crc_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0u);
    table[i] = crc;
  }
  return table;
}
constexpr std::array<uint32_t, 256> kCrcTable = make_crc_table();

uint32_t checksum(Bytes page) {
  uint32_t crc = 0;
  for (size_t i = 0; i < page.size(); ++i) {
    const bool is_checksum = i >= kChecksumAt && i < kChecksumAt + 4;
    crc = crc << 8 ^ kCrcTable[(crc >> 24) ^ (is_checksum ? 0 : page[i])];
  }
  return crc;
}

struct Page {
  Bytes all, lengths, body;
};

bool next_page(Bytes stream, size_t& at, Page& page) {
  const Bytes rest = stream.subspan(at);
  if (rest.size() < kPageHeader || std::memcmp(rest.data(), "OggS", 4) != 0) return false;
  const size_t segments = rest[26];
  if (rest.size() < kPageHeader + segments) return false;
  page.lengths = rest.subspan(kPageHeader, segments);
  size_t body = 0;
  for (uint8_t length : page.lengths) body += length;
  if (rest.size() - kPageHeader - segments < body) return false;
  page.body = rest.subspan(kPageHeader + segments, body);
  page.all = rest.subspan(0, kPageHeader + segments + body);
  at += page.all.size();
  return true;
}

// Vendor text, then a counted list of texts, each with its length in front.
bool comments_fit(Bytes packet) {
  ByteReader reader(packet);
  if (reader.text(7) != "\x03vorbis") return false;
  reader.skip(reader.u32());
  const uint32_t count = reader.u32();
  for (uint32_t i = 0; i < count && reader.ok(); ++i) reader.skip(reader.u32());
  return reader.ok();
}

}  // namespace

bool ogg_vorbis_is_sound(Bytes stream) {
  constexpr int kCommentPacket = 1;
  std::vector<uint8_t> comments;
  int packet = 0;
  size_t at = 0;
  Page page;
  while (at < stream.size()) {
    if (!next_page(stream, at, page)) return false;
    uint32_t stored = 0;
    std::memcpy(&stored, page.all.data() + kChecksumAt, 4);
    if (checksum(page.all) != stored) return false;
    size_t offset = 0;
    for (uint8_t length : page.lengths) {
      if (packet == kCommentPacket)
        comments.insert(comments.end(), page.body.begin() + long(offset), page.body.begin() + long(offset + length));
      offset += length;
      if (length < 255) ++packet;   // a full segment means the packet goes on
    }
  }
  return packet > kCommentPacket && comments_fit(comments);
}

}  // namespace arietta
