// Recorded sound in a song: which audio it plays from and the clips on its tracks. The samples themselves are kept beside
// the song, under the hash of their bytes.   [main]
#pragma once
#include "song/edit.h"
#include "song/time.h"

namespace arietta {

struct AudioAsset {
  Id id = 0;
  std::string hash, name;
  int64_t frames = 0;
  int rate = 48000, channels = 1;
};

struct AudioClip {
  Id id = 0, track = 0;
  Tick start = 0;
  std::string asset;                  // hash
  int64_t offset = 0, frames = 0;     // of the asset; as read from a song, 0 frames has become "to the asset's end"
  float gain_db = 0;
  int fade_in_ms = 0, fade_out_ms = 0;
  bool reverse = false, follow_tempo = false;
  int64_t us_per_quarter = 0;         // of its own tempo; 0: not known
  float pitch = 0;                    // semitones
  std::string name;
  bool mute = false;
  int take = 0;
};

AudioAsset read_audio_asset(const Document&, Id asset);
// The asset with this hash; frames 0 when the song knows none.
AudioAsset find_audio_asset(const Document&, std::string_view hash);
std::vector<AudioAsset> audio_assets_of(const Document&);          // each hash once

AudioClip read_audio_clip(const Document&, Id clip);
// Frames of the asset that pass in one tick; 0 for a clip that keeps its own speed.
double frames_per_tick(const AudioClip&, int rate);
double audio_clip_seconds(const Document&, const TimeMap&, const AudioClip&);   // heard, in the song
Tick audio_clip_end(const Document&, const TimeMap&, const AudioClip&);
// How far into the asset a clip is at a tick of the song: counted in its playing direction from the clip's start.
int64_t audio_frames_at(const Document&, const TimeMap&, const AudioClip&, Tick tick);
bool has_audio(const Document&);                                    // any clip on any track

// The asset's entity, made unless the song has it already.
Id add_audio_asset(Document&, Ops& ops, const AudioAsset& asset);
Id add_audio_clip(Document&, Ops& ops, const AudioClip& clip);     // clip.track says where
void set_audio_clip(Ops& ops, const AudioClip& before, const AudioClip& after);   // only what differs
// In two at a tick inside it, so that nothing is heard to change; the id of the second part, 0 when the tick is not inside.
Id split_audio_clip(Document&, Ops& ops, const TimeMap&, const AudioClip& clip, Tick at);

}  // namespace arietta
