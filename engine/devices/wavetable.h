// A wavetable synthesiser: cycles that morph into each other, up to seven of them side by side, an octave below, a
// filter; 32 notes at a time. See dsp/wave_tables.h for the sounds and wavetable_quad.h for the voices.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/param_values.h"
#include "devices/quad_voices.h"
#include "devices/wavetable_quad.h"
#include "dsp/lfo.h"

namespace arietta {

class Wavetable final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;
  static constexpr int kParams = int(params_of(DeviceKind::wavetable).size());

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override;
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;
  void lay_out_unison();
  void change_table();

  ParamValues<DeviceKind::wavetable> params_;
  Glide smooth_[kParams];              // plain values on their way to the knob
  QuadVoices<WavetableQuad> voices_;
  WavetableCell cell_{};
  Lfo vibrato_;
};

}  // namespace arietta
