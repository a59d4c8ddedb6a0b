// Passes the sound along as it is: what an effect does before its own sound is written.
#pragma once
#include "devices/device.h"
#include "dsp/clean.h"

namespace arietta {

class Through final : public Device {
 public:
  bool prepare(const AudioSpec&, Arena& arena) override { return !arena.array<float>(64).empty(); }
  void reset() ARIETTA_RT override {}
  void set_param(uint16_t, float) ARIETTA_RT override {}
  Activity render(Block io) ARIETTA_RT override { return clean_input(io) > 0 ? Activity::kRunning : Activity::kAsleep; }
};

}  // namespace arietta
