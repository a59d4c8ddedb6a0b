// Bells, bars, bowls and gongs, struck with a mallet: up to thirty-two modes a note, each ringing in its own time.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/modal_voice.h"
#include "devices/param_values.h"
#include "dsp/lfo.h"

namespace arietta {

class Modal final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;      // two hands of mallets with the pedal down
  static constexpr int kParams = int(params_of(DeviceKind::modal).size());

  struct Voice {
    ModalVoice modes;
    float left = 1, right = 1;
    bool dampers = true;
  };

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override { start_voice(lane, note); }
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;
  void aim();

  ParamValues<DeviceKind::modal> params_;
  Glide smooth_[kParams];
  span<Voice> voices_;
  ModalTouch touch_;
  Lfo tremolo_;
  float bend_ = 0, width_ = 0, width_step_ = 0;
  float swell_left_ = 1, swell_right_ = 1, swell_left_step_ = 0, swell_right_step_ = 0;   // the turning discs
};

}  // namespace arietta
