// Fills the block that tells the page how things stand. Peaks are the highest since the last report.
#pragma once
#include "core/assets.h"
#include "core/master_meter.h"
#include "core/mixer.h"
#include "core/plan_loader.h"
#include "core/sequencer.h"
#include "proto/telemetry_layout.h"

namespace arietta {

class Telemetry {
 public:
  struct Sources {
    double context_frame;
    uint32_t quanta;
    double song_tick;
    const Sequencer& sequencer;
    const PlanLoader& loader;
    const NodeTable& nodes;
    const Assets& assets;
    const AudioBlocks& audio;
    Mixer& mixer;
    MasterMeter& master;
    uint32_t dropped;
  };
  const TelemetryBlock& report(const Sources& sources) ARIETTA_RT;       // [audio]

  void set_fixed_bytes(uint32_t bytes) { fixed_bytes_ = bytes; }         // [setup] taken at init, pools included
  void set_memory_bytes(uint32_t bytes) { block_.memory_bytes = bytes; } // [setup]

 private:
  TelemetryBlock block_{};
  uint32_t fixed_bytes_ = 0;
};

}  // namespace arietta
