// Silence between the notes: opens when the sound is loud enough, holds, fades. It closes only when the sound is a good
// deal softer than what opened it, so that a note on the edge does not flutter. It may listen to another track.
#pragma once
#include "devices/afterglow.h"
#include "devices/knobs.h"
#include "devices/level_listener.h"

namespace arietta {

class Gate final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override { knobs_.set(index, plain); }
  void sidechain(Block key) ARIETTA_RT override { listener_.other(key); }
  Activity render(Block io) ARIETTA_RT override;      // in place

 private:
  float floor_gain() const;

  float sample_rate_ = 48000;
  Knobs<DeviceKind::gate> knobs_;
  LevelListener listener_;
  float level_ = 0;                    // of what it listens to: peaks, slowly falling
  bool wanted_ = false;                // loud enough
  int hold_left_ = 0;                  // frames
  float open_ = 0;                     // 0 closed to 1 open
  float floor_ = 0;
  Afterglow afterglow_;
};

}  // namespace arietta
