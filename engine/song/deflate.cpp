#include "song/deflate.h"

#include <libdeflate.h>

#include <memory>

namespace arietta {
namespace {

constexpr int kSmallest = 12;   // libdeflate's highest level: near-optimal parsing

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

}  // namespace

std::vector<uint8_t> deflate(Bytes bytes) {
  const Owned<libdeflate_compressor> compressor(libdeflate_alloc_compressor(kSmallest), libdeflate_free_compressor);
  std::vector<uint8_t> out(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()));
  out.resize(libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

bool inflate(Bytes payload, size_t size, std::vector<uint8_t>& out) {
  out.resize(size);
  const Owned<libdeflate_decompressor> decompressor(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  size_t taken = 0;
  return libdeflate_deflate_decompress_ex(decompressor.get(), payload.data(), payload.size(), out.data(), size, &taken,
                                          nullptr) == LIBDEFLATE_SUCCESS &&
         taken == payload.size();
}

}  // namespace arietta
