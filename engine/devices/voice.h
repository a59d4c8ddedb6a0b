// Everything that is done to one singing voice, live: pitch, size, tuning, harmonies, doubles, robot, whisper, and the
// cleaning before it.
#pragma once
#include "devices/device.h"
#include "devices/param_values.h"
#include "devices/voice_ensemble.h"
#include "voice/vocoder.h"
#include "voice/voice_cleaner.h"

namespace arietta {

class Voice final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;      // in place
  int latency_frames() const override { return singer_.delay_frames() + kMaxBlock; }

 private:
  void use_params();
  void render_chunk();

  float sample_rate_ = 48000;
  ParamValues<DeviceKind::voice> params_;
  bool changed_ = true;                    // a parameter, since the last chunk
  Glide pitch_, formant_, level_{1};       // semitones, semitones, gain
  Glide vocoded_{0};
  Tuning tuning_;

  VoiceCleaner cleaner_;
  VoiceFollower singer_;
  VoiceInput sides_;                       // half of left minus right
  int one_sided_frames_ = 0;               // since the channels last differed
  VoiceEnsemble ensemble_;
  Vocoder vocoder_;

  // Work goes by whole blocks, however the input is cut.
  alignas(16) float in_[2][kMaxBlock] = {};
  alignas(16) float out_[2][kMaxBlock] = {};
  int fill_ = 0;
  int quiet_frames_ = 0;
};

}  // namespace arietta
