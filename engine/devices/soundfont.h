// Plays a flat bank (plan/bank_format.h): the sampled instrument. One note sounds one voice for each region that
// its key and velocity fall into. Controllers nobody has sent are neutral: full volume and expression, pan centre.
// Sends to effects are the mixer strip's business and ignored here.
// Source: SoundFont Technical Specification 2.04, section 9 (the synthesis model).
#pragma once
#include "devices/device.h"
#include "devices/param_values.h"
#include "devices/sample_reader.h"
#include "devices/soundfont_modulators.h"
#include "devices/soundfont_voice.h"
#include "devices/voice_pool.h"
#include "dsp/ramp.h"

namespace arietta {

class Soundfont final : public Device, private VoiceListener {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  void set_asset(AssetView bank) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override { return pool_.sounding(); }

 private:
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void take(const NoteEvent& event);
  void start_note(const NoteEvent& event);
  void start_voice(int lane, const BankRegion& region, const NoteEvent& event);
  void choose_program(uint16_t bank, uint16_t program);
  span<const BankModulator> modulators_of(const BankRegion& region) const;

  void step_voices(int frames, float level);
  void read_and_filter(int frames);
  void read_next(int lane, int frames);
  float* row_of(size_t row);
  void mix(Block io);

  float sample_rate_ = 48000;
  ParamValues<DeviceKind::soundfont> params_;
  VoiceShaping shaping_;
  Glide level_{1};
  ChannelState channel_ = neutral_channel();
  bool channel_changed_ = false;

  VoicePool pool_;
  span<SoundfontVoice> voices_;
  SoundfontVoice idle_;          // fills up the last four
  span<int> playing_;            // lanes sounding in this block, in the order of their rows
  size_t playing_count_ = 0;
  span<float> scratch_;          // a row of sound for each of them
  const ReaderTable* table_ = nullptr;

  AssetView bank_;
  const BankHeader* header_ = nullptr;
  const BankPreset* preset_ = nullptr;
  uint16_t wanted_bank_ = 0, wanted_program_ = 0;
  bool has_wanted_ = false;
};

}  // namespace arietta
