// The one block the engine reports back, about sixty times a second while somebody reads it.
// Fixed layout; web/src/constants.gen.ts is made from it. Peaks are held since the last report.
#pragma once
#include <cstddef>

#include "base/types.h"
#include "plan/plan_format.h"

namespace arietta {

struct TelemetryTrack { float peak_left, peak_right; };

inline constexpr int kSpectrumBands = 20;    // half octaves from 22 Hz

// Of what leaves the engine. Loudness and true peak are those since the song started to play; -120 is silence.
struct TelemetryMaster {
  float momentary_lufs, short_term_lufs, integrated_lufs;
  float range_lu;
  float true_peak_dbtp;        // the highest so far
  float correlation;           // 1 both sides alike, 0 nothing in common, -1 opposite
  float spectrum_db[kSpectrumBands];
};

struct TelemetryBlock {
  double context_frame;        // frames rendered since init, at the end of the last quantum
  double song_tick;            // fractional, at the same instant
  double quarters_per_minute;
  uint32_t plan_revision;
  uint32_t playing;            // 0 or 1
  uint32_t voices;
  uint32_t faults;             // devices reset after a non-finite sample
  uint32_t dropped;            // commands refused because a queue was full
  uint32_t arena_high_water;   // bytes
  uint32_t memory_bytes;       // of the whole module
  uint32_t asset_bytes;        // in use
  uint32_t track_count;
  float limiter_db;            // gain reduction, 0 or below
  float master_peak_left, master_peak_right;
  uint32_t quanta;             // rendered since init
  uint32_t latency_frames;     // the engine's own, at most: whole control blocks kept back, and the limiter's look-ahead
  TelemetryTrack tracks[kMaxTracks];
  TelemetryMaster master;
  uint32_t audio_missed;       // times a clip fell silent because its sound had not arrived
  uint32_t audio_blocks;       // blocks of recorded sound at hand
  uint32_t audio_waiting;      // asked for and not here yet
  uint32_t reserved;
};
static_assert(offsetof(TelemetryBlock, plan_revision) == 24);
static_assert(offsetof(TelemetryBlock, track_count) == 56);
static_assert(offsetof(TelemetryBlock, tracks) == 80);
static_assert(offsetof(TelemetryBlock, master) == 80 + 8 * kMaxTracks);
static_assert(offsetof(TelemetryBlock, audio_missed) == 80 + 8 * kMaxTracks + sizeof(TelemetryMaster));
static_assert(sizeof(TelemetryBlock) == 96 + 8 * kMaxTracks + sizeof(TelemetryMaster));

}  // namespace arietta
