// A subtractive synthesiser: two to seven detuned copies of one wave, a second wave, a sine an octave below and noise,
// into a filter with its own decay and movement, into an attack-decay-sustain-release level. 64 notes at a time.
//
// Time is cut into cells of kMaxBlock frames that begin with the first note after silence. Pitch, cutoff and
// levels are computed once a cell and move in straight lines; a note that starts inside a cell gets a shorter
// first line. So the sound does not depend on how the caller cuts its blocks.
#pragma once
#include "devices/channel_controls.h"
#include "devices/device.h"
#include "devices/event_queue.h"
#include "devices/param_values.h"
#include "devices/poly_quad.h"
#include "devices/voice_pool.h"
#include "dsp/dc_blocker.h"
#include "dsp/lfo.h"

namespace arietta {

class PolySynth final : public Device, private VoiceListener {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override { return pool_.sounding(); }

 private:
  static constexpr int kPlaying = 64, kSpare = 16;
  static constexpr int kParams = int(params_of(DeviceKind::poly_synth).size());

  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void apply(const NoteEvent& event);
  void begin_cell();
  void begin_oscillators();
  void begin_filter();
  void render_cell(f32x4* mix, f32x4* side, int frames);
  void end_cell();
  bool sum(f32x4* mix, f32x4* side, Block io);
  void settle_params();
  float working_value(uint16_t index) const;

  AudioSpec spec_;
  ParamValues<DeviceKind::poly_synth> params_;
  Glide smooth_[kParams];              // working values (octaves, gains) on their way to the knob

  VoicePool pool_;
  span<PolyQuad> quads_;
  EventQueue events_;
  ChannelControls controls_;
  Lfo vibrato_, movement_;
  PolyCell cell_{};
  DcBlocker offset_, side_offset_;     // saturation bends lopsided waves off centre
  bool saturated_ = false;             // since the last silence
  int cell_frame_ = 0;                 // frames of the current cell already rendered
  const BlepTable* table_ = nullptr;
};

}  // namespace arietta
