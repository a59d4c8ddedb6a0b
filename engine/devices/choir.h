// A choir that sings vowels: every note is sung by up to four people, from bass to soprano as the keys go.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/choir_voice.h"
#include "devices/param_values.h"

namespace arietta {

class Choir final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 20, kSpare = 4;      // eighty singers
  static constexpr int kParams = int(params_of(DeviceKind::choir).size());

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override { voices_[size_t(lane)].start(note, slide_from(note), pitch_of(note), cell_); }
  void move_voice(int lane, const NoteEvent& note) override { voices_[size_t(lane)].move(pitch_of(note)); }
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override { voices_[size_t(lane)].end(how, cell_); }
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;
  void aim();

  ParamValues<DeviceKind::choir> params_;
  Glide smooth_[kParams];
  span<ChoirVoice> voices_;
  ChoirCell cell_;
  const BlepTable* table_ = nullptr;
};

}  // namespace arietta
