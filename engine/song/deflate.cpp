#include "song/deflate.h"

#include <libdeflate.h>

#include <algorithm>

namespace arietta {
namespace {
constexpr int kSmallest = 12;   // libdeflate's highest level: near-optimal parsing
}

Deflater::Deflater() : compressor_(libdeflate_alloc_compressor(kSmallest)) {}
Deflater::~Deflater() { libdeflate_free_compressor(compressor_); }

std::vector<uint8_t> Deflater::deflate(Bytes bytes) {
  std::vector<uint8_t> out(libdeflate_deflate_compress_bound(compressor_, bytes.size()));
  out.resize(libdeflate_deflate_compress(compressor_, bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

std::vector<uint8_t> Deflater::deflate_in_parts(Bytes bytes, const std::vector<size_t>& seams) {
  std::vector<size_t> cuts = {0};
  for (const size_t seam : seams)
    if (seam > cuts.back() && seam < bytes.size()) cuts.push_back(seam);
  cuts.push_back(bytes.size());

  // best[i]: the shortest payload of everything up to cut i.
  std::vector<std::vector<uint8_t>> best(cuts.size());
  for (size_t to = 1; to < cuts.size(); ++to) {
    for (size_t from = 0; from < to; ++from) {
      std::vector<uint8_t> whole = best[from];
      const std::vector<uint8_t> part = deflate(bytes.subspan(cuts[from], cuts[to] - cuts[from]));
      whole.insert(whole.end(), part.begin(), part.end());
      if (best[to].empty() || whole.size() < best[to].size()) best[to] = std::move(whole);
    }
  }
  return best.back();
}

bool inflate(Bytes payload, size_t size, std::vector<uint8_t>& out) {
  out.resize(size);
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  size_t made = 0;
  while (made < size && !payload.empty()) {
    size_t taken = 0, more = 0;
    const libdeflate_result result = libdeflate_deflate_decompress_ex(
        decompressor.get(), payload.data(), payload.size(), out.data() + made, size - made, &taken, &more);
    if (result != LIBDEFLATE_SUCCESS || more == 0) return false;
    made += more;
    payload = payload.subspan(taken);
  }
  return made == size && payload.empty();
}

}  // namespace arietta
