// Builds MIDI files byte by byte, sound ones and broken ones. For tests and seed corpora.
#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/types.h"

namespace arietta::test {

using ByteList = std::vector<uint8_t>;

inline void append(ByteList& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }
inline void append(ByteList& out, const ByteList& more) { out.insert(out.end(), more.begin(), more.end()); }
inline void append_be(ByteList& out, uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(uint8_t(value >> 8 * i));
}

inline ByteList chunk(std::string_view tag, const ByteList& body) {
  ByteList out;
  append(out, tag);
  append_be(out, uint32_t(body.size()), 4);
  append(out, body);
  return out;
}

// The events of one track; every call adds one, `delta` ticks after the last.
class TrackBytes {
 public:
  TrackBytes& raw(std::initializer_list<int> bytes) {
    for (const int byte : bytes) bytes_.push_back(uint8_t(byte));
    return *this;
  }
  TrackBytes& delta(uint32_t ticks) {
    for (int shift = 21; shift > 0; shift -= 7)
      if (ticks >> shift) bytes_.push_back(uint8_t(0x80 | (ticks >> shift & 0x7f)));
    bytes_.push_back(uint8_t(ticks & 0x7f));
    return *this;
  }
  TrackBytes& event(uint32_t ticks, std::initializer_list<int> bytes) { return delta(ticks).raw(bytes); }
  TrackBytes& on(uint32_t ticks, int key, int velocity = 100, int channel = 0) {
    return event(ticks, {0x90 | channel, key, velocity});
  }
  TrackBytes& off(uint32_t ticks, int key, int channel = 0, int velocity = 64) {
    return event(ticks, {0x80 | channel, key, velocity});
  }
  TrackBytes& controller(uint32_t ticks, int number, int value, int channel = 0) {
    return event(ticks, {0xb0 | channel, number, value});
  }
  TrackBytes& program(uint32_t ticks, int number, int channel = 0) { return event(ticks, {0xc0 | channel, number}); }
  TrackBytes& meta(uint32_t ticks, int type, std::string_view body) {
    event(ticks, {0xff, type}).delta(uint32_t(body.size()));
    append(bytes_, body);
    return *this;
  }
  TrackBytes& tempo(uint32_t ticks, int us_per_quarter) {
    return event(ticks, {0xff, 0x51, 3, us_per_quarter >> 16, us_per_quarter >> 8 & 255, us_per_quarter & 255});
  }
  TrackBytes& end(uint32_t ticks = 0) { return meta(ticks, 0x2f, ""); }

  const ByteList& bytes() const { return bytes_; }

 private:
  ByteList bytes_;
};

inline ByteList midi_header(int format, int tracks, int division) {
  ByteList body;
  append_be(body, uint32_t(format), 2);
  append_be(body, uint32_t(tracks), 2);
  append_be(body, uint32_t(division), 2);
  return chunk("MThd", body);
}

inline ByteList midi_bytes(int format, int division, const std::vector<TrackBytes>& tracks) {
  ByteList file = midi_header(format, int(tracks.size()), division);
  for (const TrackBytes& track : tracks) append(file, chunk("MTrk", track.bytes()));
  return file;
}

}  // namespace arietta::test
