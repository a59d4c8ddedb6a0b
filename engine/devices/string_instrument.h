// Strings, plucked or bowed, over a wooden box: guitars, harps, basses, kotos, fiddles and whole sections.
#pragma once
#include "devices/bowed_quad.h"
#include "devices/cell_instrument.h"
#include "devices/param_values.h"
#include "devices/plucked_quad.h"
#include "devices/string_body.h"
#include "devices/sympathy.h"
#include "dsp/lfo.h"

namespace arietta {

class StringInstrument final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 20, kSpare = 8;      // all strings of a guitar and its echo, or ten fingers on a harp
  static constexpr int kParams = int(params_of(DeviceKind::string).size());

  struct Quad {
    PluckedQuad plucked;
    BowedQuad bowed;
    int is_bowed = 0;                                  // lanes, by bit
    f32x4 left = 1, right = 1;                         // where the strings stand
  };

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override;
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  bool rings_on() const override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;

  void aim_cell();
  void choose_body();
  void add_box(float* left, float* right, int frames);

  ParamValues<DeviceKind::string> params_;
  Glide smooth_[kParams];
  span<Quad> quads_;
  StringCell cell_;
  StringBody body_;
  Sympathy sympathy_;
  Lfo wheel_vibrato_;
  BodyKind body_kind_ = BodyKind::kNone;
  float box_gain_ = 1;                                 // falls to 0 and rises again around a change of box
  float box_ = 0, box_step_ = 0, direct_ = 1, direct_step_ = 0, sympathy_amount_ = 0;
  float low_left_ = 0, low_right_ = 0, low_keep_ = 0;  // what lies below hearing is taken out
  int quiet_cells_ = 0;                                // since the last string fell silent
  const BlepTable* table_ = nullptr;
};

}  // namespace arietta
