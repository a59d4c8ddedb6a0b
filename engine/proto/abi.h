// Versions, capability bits and reason codes both sides of the link must agree on.
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr uint32_t kAbiVersion = 1;
inline constexpr uint32_t kCapabilitySimd = 1;

enum class AssetRefusal : uint32_t { kNone = 0, kNoRoom, kBadBank, kBadTransfer };
enum class FaultCode : uint32_t { kNone = 0, kNonFinite, kBadPacket, kNotReady };

struct HelloPayload { uint32_t abi, capabilities; uint64_t param_hash; };

}  // namespace arietta
