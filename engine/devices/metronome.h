// Two clicks: the first beat of a bar (key 76) and the others (key 77), as General MIDI places its wood blocks.
#pragma once
#include "devices/device.h"
#include "devices/drum_hit.h"
#include "devices/event_queue.h"
#include "devices/param_values.h"
#include "dsp/ramp.h"

namespace arietta {

class Metronome final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override { return sounding_ ? 1 : 0; }

 private:
  AudioSpec spec_;
  ParamValues<DeviceKind::metronome> params_;
  EventQueue events_;
  DrumHit clicks_[2];                  // the newest and the one before it, which may still ring
  int newest_ = 0;
  bool sounding_ = false;
  Glide level_{1};
};

}  // namespace arietta
