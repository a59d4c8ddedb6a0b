#include "song/link.h"

#include <algorithm>

#include "song/base64url.h"
#include "song/codec_stream.h"
#include "song/crc32.h"
#include "song/deflate.h"
#include "song/head_coder.h"
#include "song/ranges.h"
#include "song/words.h"

namespace arietta {
namespace {

constexpr std::string_view kPrefix = "#s=";
constexpr char kVersion = '1';
// How the first part of the payload is written; two bits below the payload's length. The length is there to tell a link
// that was cut off from one that was changed.
enum Method : uint64_t { kDeflated = 0, kStored = 1, kCoded = 2 };
constexpr int kMethodBits = 2;
constexpr size_t kMaxLinkEntities = 100'000;

void shorten_title(SongTable& table) {
  for (Column& column : table.sections[0].columns)
    if (column.key == field::song::title && !column.texts.empty())
      column.texts[0] = first_characters(column.texts[0], kMaxTitleCharacters);
}

Error cut_off(size_t arrived, size_t expected) {
  return {"This link is cut off: " + with_commas(arrived) + " of " + with_commas(expected) + " characters arrived.",
          int64_t(arrived)};
}

Error changed() { return {"This link was changed on the way (its checksum does not match)."}; }

std::string_view without_space(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

Result<std::string> make_link(const Document& document) {
  SongTable table = table_of(document);
  shorten_title(table);
  const Stream stream = write_stream(table, Writing::kShort);
  const Bytes raw = stream.bytes;
  const Bytes head = raw.first(raw.size() - stream.coded);

  Method method = kStored;
  std::vector<uint8_t> payload(head.begin(), head.end());
  const auto offer = [&](Method other, std::vector<uint8_t> bytes) {
    if (bytes.size() >= payload.size()) return;
    payload = std::move(bytes);
    method = other;
  };
  offer(kDeflated, deflate(head));
  if (head.size() <= kMaxCodedHead) offer(kCoded, code_head(head));
  payload.insert(payload.end(), raw.end() - long(stream.coded), raw.end());

  ByteWriter frame;
  frame.varint(payload.size() << kMethodBits | method);
  frame.varint(raw.size());
  frame.varint(stream.coded);
  frame.u32(crc32(raw));
  frame.raw(payload);
  const std::string text = kVersion + to_base64url(frame.bytes());
  if (text.size() > kMaxLinkCharacters)
    return Error{"This song is too long for a link: it takes " + with_commas(text.size()) + " characters, and a link has at most " +
                 with_commas(kMaxLinkCharacters) + "."};
  size_t entities = 0;
  for (const Section& section : table.sections) entities += section.rows;
  if (entities > kMaxLinkEntities || raw.size() > kMaxLinkSongBytes || !stream.readable)
    return Error{"This song is too long for a link: it has " + with_commas(entities) + " parts, and a link holds about " +
                 with_commas(kMaxLinkEntities) + "."};
  return std::string(kPrefix) + text;
}

Result<Document> read_link(std::string_view text, uint32_t actor) {
  if (const size_t at = text.find(kPrefix); at != std::string_view::npos) text.remove_prefix(at + kPrefix.size());
  text = without_space(text);
  if (text.empty()) return Error{"This link is empty: nothing follows \"#s=\".", 0};
  if (text.size() > kMaxLinkCharacters)
    return Error{"This link is too long: it has " + with_commas(text.size()) + " characters, and a link has at most " +
                     with_commas(kMaxLinkCharacters) + ".", int64_t(kMaxLinkCharacters)};
  if (const size_t at = find_stranger(text); at != std::string_view::npos)
    return Error{"This link has a character that does not belong in it, at place " + with_commas(at + 1) + ".", int64_t(at)};
  if (text[0] != kVersion) {
    if (text[0] >= '2' && text[0] <= '9')
      return Error{"This link needs a newer Arietta: it has format " + std::string(1, text[0]) + ", and this one reads format 1.", 0};
    return Error{"This is not a link to an Arietta song.", 0};
  }

  uint32_t rest = 0;
  const std::vector<uint8_t> frame = from_base64url(text.substr(1), &rest);
  ByteReader in(frame);
  const uint64_t first = in.varint(), raw_size = in.varint(), coded = in.varint();
  const uint64_t method = first & ((1 << kMethodBits) - 1), payload_size = first >> kMethodBits;
  const uint32_t checksum = in.u32();
  if (!in.ok() && frame.size() < 16)
    return Error{"This link is cut off: only " + with_commas(text.size()) + " characters arrived.", int64_t(text.size())};
  if (!in.ok() || payload_size > kMaxLinkCharacters || raw_size > kMaxLinkSongBytes) return changed();
  const size_t expected = 1 + base64_characters(in.position() + size_t(payload_size));
  if (text.size() < expected) return cut_off(text.size(), expected);
  if (text.size() > expected || in.left() != payload_size || rest != 0) return changed();

  if (coded > payload_size || coded > raw_size) return changed();
  const Bytes payload = in.take(size_t(payload_size));
  const Bytes tail = payload.last(size_t(coded)), head = payload.first(payload.size() - tail.size());
  const size_t head_size = size_t(raw_size - coded);
  std::vector<uint8_t> raw;
  if (method == kStored) raw.assign(head.begin(), head.end());
  else if (method == kCoded && head_size <= kMaxCodedHead) raw = read_head(head, head_size);
  else if (method != kDeflated || !inflate(head, head_size, raw)) return changed();
  raw.insert(raw.end(), tail.begin(), tail.end());
  if (raw.size() != raw_size || crc32(raw) != checksum) return changed();

  Result<SongTable> table = read_stream(raw, size_t(coded), kMaxLinkEntities);
  if (!table) return table.error();
  return document_of(*table, actor, kMaxTitleCharacters);
}

}  // namespace arietta
