// A drawbar organ: wheels behind nine drawbars, percussion, contacts that click, a scanner vibrato, an amplifier that
// growls and a rotating speaker. It does not know how hard a key is struck.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/organ_quad.h"
#include "devices/param_values.h"
#include "devices/quad_voices.h"
#include "dsp/rotary.h"
#include "dsp/soft_clip.h"

namespace arietta {

class Organ final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;
  static constexpr int kParams = int(params_of(DeviceKind::organ).size());

  void settle() override;
  bool rings_on() const override { return ring_frames_ > 0; }
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override;
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;
  void set_drawbars();
  void set_scanner();
  float darkened(float in);

  ParamValues<DeviceKind::organ> params_;
  Glide smooth_[kParams];              // plain values on their way to the knob
  QuadVoices<OrganQuad> voices_;
  OrganCell cell_{};
  float percussion_ = 0;               // how much of it is left

  float contacts_[2] = {};             // the contacts' noise between its two filters
  float contact_low_ = 0.3f, contact_high_ = 0.05f;
  TapDelay scanner_;
  float scanner_turn_ = 0;
  Glide scan_, straight_, scanned_;    // frames the scanner reaches; shares of the sound before and behind it
  SoftClip amplifier_;
  float treble_[2] = {}, treble_step_ = 1;   // the amplifier's
  Rotary rotary_;
  int ring_frames_ = 0;                // until the speaker has said everything
};

}  // namespace arietta
