// Little-endian reading and writing of byte streams. The reader never goes past the end and never
// throws: after the first bad read every further read gives zero and ok() stays false.
#pragma once
#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/types.h"

namespace arietta {

static_assert(std::endian::native == std::endian::little, "wire and file layouts are read in place");

class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  size_t position() const { return at_; }
  size_t left() const { return bytes_.size() - at_; }
  bool at_end() const { return at_ == bytes_.size(); }
  void fail() { ok_ = false; at_ = bytes_.size(); }

  uint8_t u8() { return fixed<uint8_t>(); }
  uint16_t u16() { return fixed<uint16_t>(); }
  uint32_t u32() { return fixed<uint32_t>(); }
  uint64_t u64() { return fixed<uint64_t>(); }
  float f32() { return fixed<float>(); }
  double f64() { return fixed<double>(); }
  uint16_t u16_be() { const uint16_t v = u16(); return uint16_t(v << 8 | v >> 8); }
  uint32_t u32_be() { return __builtin_bswap32(u32()); }

  // LEB128, at most ten bytes.
  uint64_t varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      const uint8_t byte = u8();
      if (!ok_) return 0;
      if (shift == 63 && byte > 1) break;      // would not fit in 64 bits
      value |= uint64_t(byte & 0x7f) << shift;
      if (!(byte & 0x80)) return value;
    }
    fail();
    return 0;
  }
  // Zigzag: small magnitudes of either sign stay short.
  int64_t svarint() {
    const uint64_t z = varint();
    return int64_t(z >> 1) ^ -int64_t(z & 1);
  }
  Bytes take(size_t count) {
    if (count > left()) { fail(); return {}; }
    const Bytes part = bytes_.subspan(at_, count);
    at_ += count;
    return part;
  }
  std::string_view text(size_t count) {
    const Bytes part = take(count);
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }
  void skip(size_t count) { take(count); }

 private:
  template <class T>
  T fixed() {
    T value{};
    const Bytes part = take(sizeof(T));
    if (part.size() == sizeof(T)) std::memcpy(&value, part.data(), sizeof(T));
    return value;
  }

  Bytes bytes_;
  size_t at_ = 0;
  bool ok_ = true;
};

class ByteWriter {
 public:
  void u8(uint8_t v) { bytes_.push_back(v); }
  void u16(uint16_t v) { fixed(v); }
  void u32(uint32_t v) { fixed(v); }
  void u64(uint64_t v) { fixed(v); }
  void f32(float v) { fixed(v); }
  void f64(double v) { fixed(v); }
  void u16_be(uint16_t v) { u8(uint8_t(v >> 8)); u8(uint8_t(v)); }
  void u32_be(uint32_t v) { fixed(__builtin_bswap32(v)); }
  void varint(uint64_t v) {
    while (v >= 0x80) { u8(uint8_t(v | 0x80)); v >>= 7; }
    u8(uint8_t(v));
  }
  void svarint(int64_t v) { varint(uint64_t(v) << 1 ^ uint64_t(v >> 63)); }
  void raw(Bytes v) { bytes_.insert(bytes_.end(), v.begin(), v.end()); }
  void text(std::string_view v) { raw({reinterpret_cast<const uint8_t*>(v.data()), v.size()}); }

  size_t size() const { return bytes_.size(); }
  std::vector<uint8_t>& bytes() { return bytes_; }
  std::vector<uint8_t> release() { return std::move(bytes_); }

 private:
  template <class T>
  void fixed(T v) {
    uint8_t raw_bytes[sizeof(T)];
    std::memcpy(raw_bytes, &v, sizeof(T));
    bytes_.insert(bytes_.end(), raw_bytes, raw_bytes + sizeof(T));
  }
  std::vector<uint8_t> bytes_;
};

}  // namespace arietta
