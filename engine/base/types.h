// Short names for the types every room uses: fixed-width integers, a span, 64-bit ids.
// Nothing here allocates.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace arietta {

using std::int16_t;
using std::int32_t;
using std::int64_t;
using std::int8_t;
using std::size_t;
using std::span;
using std::uint16_t;
using std::uint32_t;
using std::uint64_t;
using std::uint8_t;

using Bytes = span<const uint8_t>;         // bytes somebody else owns
using MutableBytes = span<uint8_t>;

using Tick = int64_t;                      // musical time; 960 per quarter note, never a float
inline constexpr Tick kTicksPerQuarter = 960;

// Highest frame count a device is ever asked for at once: short enough that control-rate steps are
// inaudible, long enough that the per-block work is amortised (measured: 16 to 32 is the knee).
inline constexpr int kMaxBlock = 32;

}  // namespace arietta
