// One sound-making or sound-changing unit. A track is a chain of devices.
// Units: frequencies in Hz, times in seconds, levels as linear gain unless the name ends in _db.
#pragma once
#include "base/arena.h"
#include "base/note_event.h"
#include "base/rt.h"
#include "dsp/block.h"
#include "params/param_table.h"

namespace arietta {

struct AudioSpec {
  float sample_rate = 48000;
};

enum class Activity : uint8_t { kRunning, kTail, kAsleep };   // kAsleep: skip me until an event arrives

// Bytes of one loaded asset (a bank, see plan/bank_format.h), valid until set_asset is called again.
using AssetView = Bytes;

class Device {
 public:
  // Takes every byte it will ever need from `arena`. Returns false if it does not fit.   [setup]
  virtual bool prepare(const AudioSpec& spec, Arena& arena) = 0;

  // Back to the sound of a freshly prepared device; keeps parameters.                    [audio]
  virtual void reset() ARIETTA_RT = 0;

  // Plain value in the parameter's own unit; ramped over the next block(s).              [audio]
  virtual void set_param(uint16_t index, float plain) ARIETTA_RT = 0;

  // Note events, sorted by frame, all inside the next block. Effects ignore them.        [audio]
  virtual void notes(span<const NoteEvent>) ARIETTA_RT {}

  // Gives an instrument its sounds; empty takes them away. The bytes passed validation.  [audio]
  virtual void set_asset(AssetView) ARIETTA_RT {}

  // The song's tempo, before each render; for what moves with the beat.                  [audio]
  virtual void tempo(float /*quarters_per_minute*/) ARIETTA_RT {}

  // What another track plays in the frames of the next render, for effects that listen to it (a compressor that
  // makes room for the drums). Read only, valid until that render returns. Without a call the effect listens to its
  // own input.                                                                           [audio]
  virtual void sidechain(Block) ARIETTA_RT {}

  // Adds (instruments) or replaces (effects) up to kMaxBlock frames.                     [audio]
  virtual Activity render(Block io) ARIETTA_RT = 0;

  // Voices sounding now, for the meters.                                                 [audio]
  virtual int voices() const ARIETTA_RT { return 0; }

  // Delay from input to output, in frames.                                               [any]
  virtual int latency_frames() const { return 0; }

 protected:
  ~Device() = default;   // devices live in an arena and are never deleted one by one
};

}  // namespace arietta
