// Songs with recorded sound in them, and the sound.
#pragma once
#include <cmath>

#include "compile/plan_ids.h"
#include "song/audio.h"
#include "tests/support/song_builder.h"

namespace arietta {

// One asset of 48 kHz whose samples say where they are, and a track that plays from it.
class AudioSong : public SongBuilder {
 public:
  std::vector<float> samples;
  AudioAsset asset;

  explicit AudioSong(int64_t frames, int channels = 1) {
    asset.hash = "0123456789abcdef0123456789abcdef";
    asset.name = "singing.wav";
    asset.frames = frames;
    asset.channels = channels;
    samples.resize(size_t(frames * channels));
    for (int64_t i = 0; i < frames; ++i)
      for (int c = 0; c < channels; ++c) samples[size_t(i * channels + c)] = sample(i, c);
    Ops ops;
    add_audio_asset(document, ops, asset);
    audio_track = add_track(document, ops, "Voice", DeviceKind::audio);
    apply(ops);
    param(strip_of(document, audio_track)->id, param::strip::reverb_db, -60);        // as it was recorded, without a room
  }
  // Smooth, never the same for long, below the limiter.
  static float sample(int64_t frame, int channel = 0) {
    const double t = double(frame) / 48000;
    return float(0.2 * std::sin(6.283185307 * (220 + 40 * channel + 3 * t) * t));
  }
  AudioClip clip(Tick start, int64_t offset = 0, int64_t frames = 0) const {
    AudioClip made;
    made.track = audio_track;
    made.start = start;
    made.asset = asset.hash;
    made.offset = offset;
    made.frames = frames;
    return made;
  }
  Id add(const AudioClip& made) {
    Ops ops;
    const Id id = add_audio_clip(document, ops, made);
    apply(ops);
    return id;
  }
  uint32_t plan_id() const { return audio_plan_id(asset.hash); }

  Id audio_track = 0;
};

}  // namespace arietta
