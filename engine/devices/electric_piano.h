// An electric piano: tines or reeds before pickups (tine_quad.h), an amplifier that growls when pushed, and a tremolo that
// may move from side to side.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/param_values.h"
#include "devices/quad_voices.h"
#include "devices/tine_quad.h"
#include "dsp/dc_blocker.h"
#include "dsp/lfo.h"
#include "dsp/soft_clip.h"

namespace arietta {

class ElectricPiano final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;
  static constexpr int kParams = int(params_of(DeviceKind::electric_piano).size());

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int, const NoteEvent&) override {}       // every key has its own tine: nothing slides
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override { voices_.settle(pool_); }
  void change_kind();

  ParamValues<DeviceKind::electric_piano> params_;
  Glide smooth_[kParams];              // plain values on their way to the knob
  QuadVoices<TineQuad> voices_;
  TineCell cell_{};
  Lfo tremolo_;
  float sides_[2] = {1, 1}, sides_before_[2] = {1, 1};   // gains of the tremolo at both ends of the cell
  float wood_[2] = {}, wood_step_ = 0.05f;
  float treble_[2] = {}, treble_step_ = 1;
  SoftClip amplifier_;
  DcBlocker offset_;
};

}  // namespace arietta
