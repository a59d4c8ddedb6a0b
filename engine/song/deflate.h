// Raw deflate (RFC 1951), done by libdeflate: near the smallest there is, and a hard limit on the way back.   [main]
#pragma once
#include <vector>

#include "base/types.h"

namespace arietta {

std::vector<uint8_t> deflate(Bytes);

// False unless the payload is one whole deflate stream that makes exactly `size` bytes; never writes more than that.
bool inflate(Bytes payload, size_t size, std::vector<uint8_t>& out);

}  // namespace arietta
