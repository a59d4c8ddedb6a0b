// Plays the audio clips of one track into its audio device: which of them sound in a block, from which frame of their
// asset on, how loud. Everything is computed from where the song is, never carried on from the block before, so a clip is in
// time with the notes to the frame after any seek, loop or change of tempo.
#pragma once
#include "core/audio_blocks.h"
#include "core/node.h"
#include "core/tempo_clock.h"
#include "plan/plan_format.h"

namespace arietta {

// Song time on the engine's count of frames, from one moment both are known of.
struct SongFrames {
  const TempoClock& clock;
  double frame, seconds;              // the moment: frames since the engine's start, seconds of the song
  double sample_rate;

  double frame_at(double tick) const { return frame + (clock.seconds_at(tick) - seconds) * sample_rate; }
  double tick_at(double at) const { return clock.tick_at(seconds + (at - frame) / sample_rate); }
};

class ClipPlayer {
 public:
  // Clips and device of another plan; devices that are not for audio play no clips.         [audio]
  void adopt(span<const PlanClip> clips, Node* instrument) ARIETTA_RT;

  // The song is somewhere else, or frames mean other ticks.                                 [audio]
  void jump() ARIETTA_RT;

  // Tells the device what to play in frames [from, to) of the block that begins at `block`. [audio]
  void run(const SongFrames& time, int64_t block, int from, int to) ARIETTA_RT;

  // Asks for the sound of these seconds of the song.                                        [audio]
  void look_ahead(const TempoClock& clock, double from_s, double to_s, AudioBlocks& blocks) const ARIETTA_RT;

 private:
  struct Span { int64_t start, end; };            // frames of the engine
  Span span_of(const PlanClip& clip, const SongFrames& time) const;
  void play(const PlanClip& clip, const Span& heard, const SongFrames& time, int64_t block, int64_t from, int64_t to);

  static constexpr int kMaxActive = 16;           // what the device can play at once
  span<const PlanClip> clips_;
  Node* node_ = nullptr;                          // with an audio device, or null
  size_t next_ = 0;                               // the first clip that has not begun
  int active_[kMaxActive] = {};
  int active_count_ = 0;
};

}  // namespace arietta
