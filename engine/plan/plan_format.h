// The plan: everything the engine needs to play a song, as flat, immutable, position-independent bytes.
// The document side (engine/compile) writes it; the audio side reads it in place after plan_check.
//
// A plan has one head and one chunk per track. The head names the nodes, the render order, parameter values
// and the tempo map; a chunk holds one track's events, sorted. Only chunks whose hash changed are sent again.
//
//   head:  PlanHead | PlanNode[] | PlanOp[] | PlanParam[] | PlanTempo[] | PlanMeter[] | PlanTrack[] | PlanCurve[] |
//          PlanPoint[]
//   chunk: PlanChunkHead | PlanEvent[] | PlanClip[]
//
// Little-endian, sections 8-byte aligned, offsets from the start of the head.
#pragma once
#include "base/types.h"
#include "params/param_table.h"

namespace arietta {

inline constexpr uint32_t kPlanMagic = 0x4e4c5041;    // "APLN"
inline constexpr uint32_t kChunkMagic = 0x4b484341;   // "ACHK"
inline constexpr uint16_t kPlanVersion = 2;

// Bounds the engine is built for; a plan beyond them is refused with a reason.
inline constexpr int kMaxTracks = 128;
inline constexpr int kMaxPlanEffects = 256;           // in all chains together; a chain has at most 8
inline constexpr int kMaxNodes = 2 * kMaxTracks + kMaxPlanEffects + 16;   // an instrument and a strip per track, the master's
inline constexpr int kMaxOps = 24 * kMaxTracks;       // a track with eight effects and every send needs 18
inline constexpr int kMaxBuffers = 32;                // stereo mix buffers; compile colours them
inline constexpr int kMaxSends = 5;                   // of a strip: the room and four buses
inline constexpr int kMaxAlignGroups = 2;             // tracks, buses (PlanOpCode::kAlign)
inline constexpr int kMaxCurves = 512;                // automated parameters
inline constexpr int kMaxPoints = 32768;              // of all curves together
inline constexpr int kMaxTempos = 4096;
inline constexpr int kMaxMeters = 1024;
inline constexpr int kMaxEventsPerTrack = 200000;
inline constexpr int kMaxEvents = 400000;             // in all chunks together
inline constexpr int kMaxClipsPerTrack = 4096;
inline constexpr int kMaxClips = 16384;               // in all chunks together

struct PlanSection { uint32_t offset, count; };

struct PlanHead {
  uint32_t magic;
  uint16_t version;
  uint16_t head_bytes;          // sizeof(PlanHead)
  uint32_t total_bytes;
  uint32_t revision;
  Tick length;                  // end of the last note or clip; playback stops or loops there
  Tick loop_start, loop_end;    // equal: no loop region set
  PlanSection nodes, ops, params, tempos, meters, tracks, curves, points;
};
static_assert(sizeof(PlanHead) == 16 + 24 + 64);

// A device instance. A node with the same id and kind as in the plan before keeps its state.
struct PlanNode {
  uint32_t id;                  // stable; made from the entity's id by compile; 1..99 are the master's own
  uint16_t kind;                // DeviceKind
  uint16_t track;               // index into tracks, 0xffff = master
  uint32_t first_param, param_count;   // into params
  uint32_t asset;               // asset id the node plays, 0 = none
  uint16_t program, bank;       // first preset of a sampled instrument
};
static_assert(sizeof(PlanNode) == 24);

enum class PlanOpCode : uint16_t {
  kClear = 1,      // target = 0
  kRender = 2,     // node renders into (adds to) target: instruments
  kProcess = 3,    // node works on target in place: effects, strips; a source other than target is what it listens to
  kMix = 4,        // target += gain * source
  kMeter = 5,      // peak of target goes to telemetry slot `argument` (track index; 0xffff = master)
  kSend = 6,       // target += source * gain of the strip node's send number `argument`: 0 the room, 1.. the buses
  kOutput = 7,     // source is what the listener hears
  kAlign = 8,      // target waits for the slowest of all kAlign with the same group `argument`, or for `source` where that
                   // is another buffer; the engine knows how slow devices are. A path meets group 0 before group 1. The
                   // node lends its name, so that the wait lives on in the next plan.
};
inline constexpr uint16_t kBypassed = 1;   // PlanOp::argument of kProcess: what comes in goes out, as late as through the device

struct PlanOp {
  uint16_t code;                // PlanOpCode
  uint16_t node;                // index into nodes, 0xffff = none
  uint16_t target, source;      // buffer numbers
  uint16_t argument;
  uint16_t reserved;
  float gain;
};
static_assert(sizeof(PlanOp) == 16);

struct PlanParam { uint16_t index; uint16_t reserved; float plain; };
struct PlanTempo { Tick tick; double quarters_per_minute; };
struct PlanMeter { Tick tick; uint16_t beats; uint16_t beat_unit; uint32_t reserved; };

struct PlanTrack {
  uint32_t id;                  // stable track id; the chunk carries the same
  uint16_t instrument;          // index into nodes, 0xffff = none (a bus)
  uint16_t strip;               // index into nodes
  uint64_t chunk_hash;          // of the chunk's bytes
};
static_assert(sizeof(PlanTrack) == 16);

// One automated parameter. Before the first point it is there, after the last one it stays.
struct PlanCurve {
  uint16_t node;                // index into nodes
  uint16_t param;
  uint32_t first_point, point_count;   // into points; at least one
};
static_assert(sizeof(PlanCurve) == 12);

struct PlanPoint {
  uint32_t tick;                // ascending within a curve; two at one tick are a jump
  float position;               // of the knob, 0 to 1
  uint32_t shape;               // to the next point: 0 straight, 1 stays and jumps
};
static_assert(sizeof(PlanPoint) == 12);

struct PlanChunkHead {
  uint32_t magic;
  uint32_t track;               // PlanTrack::id
  uint32_t total_bytes;
  uint32_t event_count;
  uint32_t clip_count;
  uint32_t reserved;
};
static_assert(sizeof(PlanChunkHead) == 24);

// Sorted by tick, then by type (offs before controllers before ons), then by key.
struct PlanEvent {
  uint32_t tick;                // ticks from the song's start (up to 4.4 million quarters)
  uint32_t note;                // note id, pairs on and off
  float value;                  // as NoteEvent::value
  uint8_t type;                 // NoteEventType
  uint8_t key;
  int16_t tuning_cents;
};
static_assert(sizeof(PlanEvent) == 16);

// A piece of recorded sound, for the track's audio device. Sorted by tick. Its samples arrive in blocks
// (proto/abi.h, AudioBlockPayload) while it plays.
struct PlanClip {
  uint32_t tick;                // where it starts, from the song's start
  uint32_t id;                  // a clip that goes on sounding in the next plan has the same
  uint32_t asset;               // audio asset it plays from
  uint32_t rate;                // frames a second of the asset
  int64_t offset, frames;       // of the asset: what is heard
  double frames_per_tick;       // of the asset, for a clip that follows the tempo; 0: it keeps its own speed
  float gain;                   // linear
  float fade_in_s, fade_out_s;
  float pitch;                  // semitones
  uint8_t channels;             // 1 or 2
  uint8_t reverse;
  uint16_t reserved;
  uint32_t reserved2;
};
static_assert(sizeof(PlanClip) == 64);

// Ids of the master's own nodes.
inline constexpr uint32_t kNodeReverb = 1, kNodeLimiter = 2, kNodeMetronome = 3;

// An effect somebody put into a chain: it comes, goes and is left out while the song plays, and must not click.
constexpr bool is_chain_node(const PlanNode& node) {
  const DeviceInfo* device = find_device(DeviceKind(node.kind));
  return node.id > 99 && device && device->category == Category::kEffect;
}

}  // namespace arietta
