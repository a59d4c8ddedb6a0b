// An FM synthesiser: four sine operators in one of eight arrangements, each with its own ratio, envelope and touch;
// 32 notes at a time. See fm_quad.h for the voices.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/fm_quad.h"
#include "devices/param_values.h"
#include "devices/quad_voices.h"
#include "dsp/dc_blocker.h"
#include "dsp/half_band.h"
#include "dsp/lfo.h"

namespace arietta {

class FmSynth final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;
  static constexpr int kParams = int(params_of(DeviceKind::fm_synth).size());

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override;
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;
  void shape_operators();

  ParamValues<DeviceKind::fm_synth> params_;
  Glide smooth_[kParams];              // plain values on their way to the knob
  QuadVoices<FmQuad> voices_;
  FmCell cell_{};
  Lfo vibrato_, tremolo_;
  HalfBandDown middle_, side_;
  DcBlocker middle_offset_, side_offset_;   // operators of one pitch can add up to a constant
};

}  // namespace arietta
