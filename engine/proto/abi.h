// Versions, capability bits, sizes and reason codes both sides of the link must agree on, and the engine's C ABI.
//
//   eng_init(sample_rate, max_quantum, arena_bytes) -> 1 ready, 0 not enough memory              [setup]
//   eng_inbox(bytes) -> where a packet of that size may be written, 0 when it is too long         [audio]
//   eng_receive(bytes)              decodes the packet that was written                           [audio]
//   eng_render(frames) -> planar floats: left, and right 4 * max_quantum bytes further on         [audio]
//   eng_outbox() -> one packet, eng_outbox_len() -> its bytes, 0 when there is none; both stay
//                   valid until the next eng_receive or eng_render                                [audio]
//   eng_telemetry() -> one TelemetryBlock; starts the next peak hold                              [audio]
//   eng_memory_epoch() -> changes when memory grew and views must be made anew                    [audio]
#pragma once
#include "base/types.h"

namespace arietta {

inline constexpr uint32_t kAbiVersion = 1;
inline constexpr uint32_t kCapabilitySimd = 1;

// What the page gives the engine: the largest song it accepts (77 MB, most of it never touched), 32 MB for recorded sound
// that is about to be heard, and the rest for sampled sounds.
inline constexpr uint32_t kDefaultArenaBytes = 176u << 20;
inline constexpr size_t kMaxPacketBytes = 8u << 20;          // a whole plan of the largest song
inline constexpr size_t kMaxAssetSlice = 256u << 10;         // bytes in one asset_data frame
inline constexpr int kMaxAssets = 256;

// Recorded sound travels in blocks of this many samples, as 32 bit floats; two channels take turns.
inline constexpr size_t kAudioBlockSamples = 8192;

enum class AssetRefusal : uint32_t {
#define ASSET_REFUSAL(number, symbol, sentence) symbol = number,
#include "proto/reasons.def"
#undef ASSET_REFUSAL
};
enum class FaultCode : uint32_t {
#define FAULT(number, symbol, sentence) symbol = number,
#include "proto/reasons.def"
#undef FAULT
};

enum SubscribeMask : uint32_t { kSubscribeMeters = 1, kSubscribePlayhead = 2 };

// Ids of live notes have this bit, ids of notes in a plan do not, so that a person playing along never ends a note
// of the song. The engine sets it on every live note.
inline constexpr uint32_t kLiveNoteBit = 0x80000000u;

struct HelloPayload { uint32_t abi, capabilities; uint64_t param_hash; };
struct PacketPayload { uint32_t frames, reserved; };          // how many frames follow
struct LoopPayload { uint32_t on, reserved; Tick start, end; };
struct ParamPayload { uint32_t index; float plain; };
struct PlanBeginPayload { uint32_t revision, head_bytes; };
struct PlanRefusedPayload { uint32_t revision, why, where; };
struct AssetBeginPayload { uint32_t asset, bytes; };
struct AssetDataPayload { uint32_t asset, offset; };         // the bytes follow; every slice but the last is a multiple of 8
struct AssetRefusedPayload { uint32_t asset, why; };
struct AudioBlockPayload { uint32_t asset, block, samples, reserved; };   // `samples` floats follow; only the last block is shorter
struct AudioWantPayload { uint32_t asset, first, count, reserved; };
struct AudioGonePayload { uint32_t asset, is_gone; };
struct FaultPayload { uint32_t code, node; };

}  // namespace arietta
