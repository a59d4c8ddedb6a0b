// Raw deflate (RFC 1951), done by libdeflate: the smallest result it can find, and a hard limit on the way back.
// A payload is one or more deflate streams one after the other, each with its own Huffman codes; small songs gain
// from codes of their own for keys and for velocities.   [main]
#pragma once
#include <memory>
#include <vector>

#include "base/types.h"

struct libdeflate_compressor;

namespace arietta {

class Deflater {
 public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::vector<uint8_t> deflate(Bytes);
  // Cut at those of the given places that make the whole shortest.
  std::vector<uint8_t> deflate_in_parts(Bytes, const std::vector<size_t>& seams);

 private:
  libdeflate_compressor* compressor_;
};

// False unless the input is whole streams that make exactly `size` bytes. Never writes more than that.
bool inflate(Bytes payload, size_t size, std::vector<uint8_t>& out);

}  // namespace arietta
