// Plays a track's audio clips. Where the song is and which clips sound is told before every block (play); samples come from
// an AudioSource while they are heard. Clips that follow the tempo or are turned to another pitch go through a stretcher,
// steered to the song's clock. Nothing clicks: a jump in the song, a clip that goes away and sound that has not arrived in
// time are faded over 5 ms.
#pragma once
#include "devices/audio_source.h"
#include "devices/device.h"
#include "devices/param_values.h"
#include "dsp/ramp.h"
#include "dsp/sinc_reader.h"
#include "stretch/stretcher.h"

namespace arietta {

// Clips that sound at once on a track, fading ones included; more are left out.
inline constexpr int kMaxAudioVoices = 16;
// Of those, how many may be stretched: a clip and the one it fades into. Further ones change their pitch with the speed.
inline constexpr int kMaxStretched = 2;

class AudioDevice final : public Device {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void notes(span<const NoteEvent> events) ARIETTA_RT override;
  Activity render(Block io) ARIETTA_RT override;
  int voices() const ARIETTA_RT override;

  // Where its sound comes from; without one it is silent.                                   [audio]
  void set_source(AudioSource* source) ARIETTA_RT { source_ = source; }

  // What a clip does in the block that render is about to be asked for. A clip's cuts come in order. [audio]
  void play(const AudioCut& cut) ARIETTA_RT;

 private:
  struct Voice {
    bool sounding = false;
    bool silenced = false;       // by a panic: fades, and stays silent as long as its clip goes on
    AudioCut cut;                // the last one; its position, speed and gain go on while it fades out
    double next = 0;             // frames of the asset played so far
    float presence = 0;          // 0..1: the fade of jumps and of sound that comes late
    bool was_missing = false;
    int at = 0;                  // frame of the block up to which it has played
    int stretcher = -1;          // the one it has, if any
  };

  Voice* voice_for(const AudioCut& cut);
  void play_cut(Voice& voice, const AudioCut& cut, Block io);
  void fade_out(Voice& voice, Block io);
  void add(Voice& voice, int first, int frames, float presence_step, Block io);
  bool is_there(const Voice& voice, int frames) const;
  void read(const Voice& voice, int frames, float* left, float* right);
  void read_frames(const AudioCut& cut, int64_t from, int count);
  void stretch(const Voice& voice, int frames, float* left, float* right);
  int free_stretcher() const;

  static constexpr double kFastest = 8;          // frames of the asset per frame: 192 kHz on a machine at 24 kHz
  static constexpr int kReadRoom = int(kFastest) * kMaxBlock + kSincTaps + 8;

  float sample_rate_ = 48000;
  float edge_step_ = 1;                          // presence per frame
  AudioSource* source_ = nullptr;
  const SincTable* table_ = nullptr;
  ParamValues<DeviceKind::audio> params_;
  Glide level_{1};
  Voice voices_[kMaxAudioVoices];
  AudioCut cuts_[2 * kMaxAudioVoices];
  int cut_count_ = 0;
  Stretcher stretchers_[kMaxStretched];
  alignas(16) float left_[kReadRoom], right_[kReadRoom];
};

}  // namespace arietta
