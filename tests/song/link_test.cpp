#include <doctest/doctest.h>

#include <algorithm>

#include "base/bytes.h"
#include "song/base64url.h"
#include "song/codec_stream.h"
#include "song/crc32.h"
#include "song/deflate.h"
#include "song/link.h"
#include "tests/song/link_corpus.h"
#include "tests/song/strange_song.h"
#include "tests/support/why.h"

using namespace arietta;

namespace {

constexpr std::string_view kAddress = "https://example.org/studio/#s=";

// Characters after "#s=", version included.
size_t link_size(const Document& song) { return make_link(song).value().size() - 3; }

size_t median_size(size_t notes) {
  std::vector<size_t> sizes;
  for (uint32_t seed = 1; seed <= 15; ++seed) sizes.push_back(link_size(test::CorpusSong::make(seed, notes)));
  std::nth_element(sizes.begin(), sizes.begin() + 7, sizes.end());
  return sizes[7];
}

std::string link_of(Bytes frame) { return "#s=1" + to_base64url(frame); }

std::string frame_link(Bytes payload, size_t raw_size, uint32_t checksum) {
  ByteWriter frame;
  frame.varint(payload.size() << 2);
  frame.varint(raw_size);
  frame.varint(0);
  frame.u32(checksum);
  frame.raw(payload);
  return link_of(frame.bytes());
}

}  // namespace

TEST_CASE("a link opens as the same song, from the address, its fragment or what follows") {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const Document song = test::StrangeSong::make(seed, 80);
    const std::string link = make_link(song).value();
    CHECK(link.substr(0, 4) == "#s=1");
    for (const std::string& text : {link, link.substr(3), std::string(kAddress) + link.substr(3), "  " + link + "\n"}) {
      const auto opened = read_link(text);
      REQUIRE_MESSAGE(opened.ok(), why(opened));
      CHECK(opened.value().content_hash() == song.content_hash());
    }
    CHECK(make_link(read_link(link).value()).value() == link);
  }
}

TEST_CASE("links are short") {
  CHECK(median_size(64) <= 300);
  CHECK(median_size(512) <= 650);
  CHECK(median_size(1024) <= 1000);
  CHECK(median_size(2048) <= 1500);
}

TEST_CASE("a link that was cut off says how much arrived") {
  const std::string link = make_link(test::CorpusSong::make(1, 64)).value();
  const std::string whole = std::to_string(link.size() - 3);
  for (size_t size = 4; size < link.size(); ++size) {
    const auto cut = read_link(link.substr(0, size));
    REQUIRE_FALSE(cut.ok());
    const std::string arrived = std::to_string(size - 3);
    if (size > 20) CHECK(cut.error().message == "This link is cut off: " + arrived + " of " + whole + " characters arrived.");
    else CHECK(cut.error().message.find("This link is cut off: ") == 0);
  }
  CHECK(read_link("#s=").error().message.find("empty") != std::string::npos);
}

TEST_CASE("a link with any bit changed is refused, or is the same song") {
  const Document song = test::CorpusSong::make(3, 64);
  const std::string link = make_link(song).value();
  size_t refused = 0;
  for (size_t at = 3; at < link.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = link;
      changed[at] = char(changed[at] ^ 1 << bit);
      const auto opened = read_link(changed);
      if (opened.ok()) CHECK(opened.value().content_hash() == song.content_hash());
      else CHECK_FALSE(opened.error().message.empty());
      refused += !opened.ok();
    }
  }
  CHECK(refused >= (link.size() - 3) * 8 - 16);
  std::string changed = link;
  std::swap(changed[60], changed[61]);
  CHECK(read_link(changed).error().message == "This link was changed on the way (its checksum does not match).");
  CHECK(read_link(link + "A").error().message == "This link was changed on the way (its checksum does not match).");
}

TEST_CASE("links of other versions and things that are no links are told apart") {
  CHECK(read_link("#s=2AAAA").error().message == "This link needs a newer Arietta: it has format 2, and this one reads format 1.");
  CHECK(read_link("#s=hello").error().message == "This is not a link to an Arietta song.");
  CHECK(read_link("https://example.org/").error().message.find("does not belong") != std::string::npos);
  CHECK(read_link("#s=1abc%20").error().message == "This link has a character that does not belong in it, at place 5.");
  CHECK(read_link("#s=1" + std::string(40'000, 'A')).error().message ==
        "This link is too long: it has 40,001 characters, and a link has at most 32,768.");
}

TEST_CASE("a deflate bomb does not go off") {
  const std::vector<uint8_t> zeros(16 << 20, 0);
  const std::vector<uint8_t> bomb = deflate(zeros);
  REQUIRE(bomb.size() < 20'000);
  CHECK_FALSE(read_link(frame_link(bomb, zeros.size(), crc32(zeros))).ok());            // says what it makes: too much
  CHECK_FALSE(read_link(frame_link(bomb, 1000, crc32(Bytes(zeros).first(1000)))).ok());  // makes more than it says
  std::vector<uint8_t> out;
  CHECK_FALSE(inflate(bomb, 1000, out));
  CHECK(out.size() == 1000);
  CHECK_FALSE(inflate({}, 0, out));
}

TEST_CASE("a frame that is right around bytes that are wrong is refused") {
  for (const std::vector<uint8_t>& raw : {std::vector<uint8_t>{}, std::vector<uint8_t>{9}, std::vector<uint8_t>{1, 5, 0},
                                          std::vector<uint8_t>(300, 0xff)}) {
    const auto opened = read_link(frame_link(deflate(raw), raw.size(), crc32(raw)));
    REQUIRE_FALSE(opened.ok());
    CHECK_FALSE(opened.error().message.empty());
  }
}

TEST_CASE("a title in a link has at most 80 characters") {
  Document song;
  std::string title;
  for (int i = 0; i < 100; ++i) title += "\xc3\xa9";
  song.apply({kSongId, Kind::song, field::song::title, title});
  const Document opened = read_link(make_link(song).value()).value();
  CHECK(opened.song().text(field::song::title) == std::string_view(title).substr(0, 160));
}

TEST_CASE("a song that is too long for a link says so") {
  Document song;
  Random random(5);
  for (int i = 0; i < 400; ++i) {
    const Id marker = song.new_id();
    song.apply({marker, Kind::marker, field::alive, int64_t(1)});
    song.apply({marker, Kind::marker, field::parent, int64_t(kSongId)});
    std::string text;
    for (int c = 0; c < 100; ++c) text += char('!' + (random.next() >> 8) % 90);
    song.apply({marker, Kind::marker, field::marker::text, text});
  }
  const auto link = make_link(song);
  REQUIRE_FALSE(link.ok());
  CHECK(link.error().message.find("This song is too long for a link: it takes ") == 0);
}

TEST_CASE("base64 for addresses is the one of RFC 4648") {
  const std::string_view cases[][2] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xfb\xff", "-_8"}};
  for (const auto& [plain, coded] : cases) {
    CHECK(to_base64url({reinterpret_cast<const uint8_t*>(plain.data()), plain.size()}) == coded);
    const auto back = from_base64url(coded);
    CHECK(std::string(back.begin(), back.end()) == plain);
  }
}

// Links of version 1 that people may hold. They open to these songs for ever: never change a line here.
TEST_CASE("links made by the first Arietta open as the songs they were") {
  const auto hash_of = [](std::string_view link) {
    const auto opened = read_link(link);
    REQUIRE_MESSAGE(opened.ok(), why(opened));
    return opened.value().content_hash();
  };
  CHECK(hash_of("#s=1lgTMAT035nrh0HuQp6M0QBS0VrMFaPo3w60D09YI_pxc90ev0W3W-phkjIjd_bgEcw1f0mr9A5IaoyEnsPpFWirl8tT72-z_REvrXvK1ITLZ"
                "HwAJbSlz0sDJru3Gy3DplVE06DWdYch1PIyqxDP-SjcU-MyHeb-tsV8wTyh4DQ_-h89idz7dyXsIp5XVCQ") == 0x6542025bb53ce67a);
  CHECK(hash_of("#s=1ggjdAhlkF5G2xaBOCXRgq2duemeS_t9ABoEUM3lML7tFOUKBHhA6HX_0I30BvJhiiWT3rQzgR4m-1Ma-8phSqPdJZ77PjNu4NXwTSmrtq3JP"
                "kYxlPWVYcQTPPTyfx5BMgRzpfcLJl5Dfd3W4oFvzXZukoV-almF9LnU1xwC2CuUisW-nQSMXVADA5_0-irIthq3x7Jq_rHnRZUCFuS1x7KYteIhF"
                "JOsz3lfMA3R7IheOLnyrVOcHkJoLuWDfkPgM5GXPqSeZtotRTBZ0joZj61Qm_FUUBuY_gEmBwtgKvh56TcwoNjyfNvPSEmW0rAYQj8wUnrjUvNg_"
                "tFX4y2PQEg44pn4ybm9cxg") == 0xca959cfb2f279567);
}

TEST_CASE("links whose head is deflated or stored open too") {
  const Document song = test::CorpusSong::make(2, 20);
  const Stream stream = write_stream(table_of(song), Writing::kShort);
  const Bytes raw = stream.bytes, head = raw.first(raw.size() - stream.coded);
  for (const bool stored : {false, true}) {
    std::vector<uint8_t> payload = stored ? std::vector<uint8_t>(head.begin(), head.end()) : deflate(head);
    payload.insert(payload.end(), raw.end() - long(stream.coded), raw.end());
    ByteWriter frame;
    frame.varint(payload.size() << 2 | uint64_t(stored));
    frame.varint(raw.size());
    frame.varint(stream.coded);
    frame.u32(crc32(raw));
    frame.raw(payload);
    const auto opened = read_link(link_of(frame.bytes()));
    REQUIRE_MESSAGE(opened.ok(), why(opened));
    CHECK(opened.value().content_hash() == song.content_hash());
  }
}
