// A synthesised drum kit on the General MIDI keys, in seven makes: every stroke is computed, nothing is sampled.
// Sixteen pads have a tune, a length and a level each.
#pragma once
#include "devices/channel_controls.h"
#include "devices/device.h"
#include "devices/drum_hit.h"
#include "devices/event_queue.h"
#include "devices/param_values.h"
#include "devices/voice_pool.h"

namespace arietta {

class DrumKit final : public Device, private VoiceListener {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override { return pool_.sounding(); }

 private:
  static constexpr int kPlaying = 24, kSpare = 8;      // a busy bar at 180 beats a minute, cymbals ringing

  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void apply(const NoteEvent& event);
  void strike(const NoteEvent& event);

  AudioSpec spec_;
  ParamValues<DeviceKind::drum_kit> params_;
  VoicePool pool_;
  span<DrumHit> hits_;
  EventQueue events_;
  ChannelControls controls_;
};

}  // namespace arietta
