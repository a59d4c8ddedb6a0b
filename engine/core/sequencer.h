// Plays the plan's events: transport, loop, tempo, metronome. Each event gets the exact frame it is due at,
// whatever the size of the blocks, and no rounding adds up: frames are counted from an anchor (the last start,
// loop turn or tempo change), never from the event before.
#pragma once
#include "core/beat_clicker.h"
#include "core/clip_player.h"
#include "core/tempo_clock.h"
#include "core/track_player.h"
#include "plan/plan_view.h"

namespace arietta {

class Sequencer {
 public:
  bool prepare(float sample_rate, Arena& arena);                         // [setup]

  // Transport. All take effect at the start of the coming block.
  void play() ARIETTA_RT;                                                // [audio]
  void stop(bool rewind) ARIETTA_RT;                                     // [audio]
  void seek(Tick tick) ARIETTA_RT;                                       // [audio]
  void set_loop(bool on, Tick start, Tick end) ARIETTA_RT;               // [audio]
  void set_tempo_preview(double quarters_per_minute) ARIETTA_RT;         // [audio]
  void set_metronome(bool on) ARIETTA_RT;                                // [audio]
  void forget_notes() ARIETTA_RT;                                        // [audio] after everything was silenced

  // Another plan from the coming block on; `metronome` may be null.                         [audio]
  struct Part { uint32_t track; span<const PlanEvent> events; span<const PlanClip> clips; Node* instrument; };
  void adopt(const PlanView& plan, span<const Part> parts, Node* metronome) ARIETTA_RT;

  // Gives the nodes the events of the next `frames` frames.                                 [audio]
  void run_block(int frames) ARIETTA_RT;

  // Asks for the recorded sound of the coming seconds, a few tracks at each call: once per block. [audio]
  void look_ahead(AudioBlocks& blocks) ARIETTA_RT;

  bool playing() const { return playing_; }
  bool take_song_ended() ARIETTA_RT;                                     // [audio] true once after the end was reached
  // Where the song is after `frame` frames in all; at most one block back.                  [audio]
  double tick_at_frame(int64_t frame) const ARIETTA_RT;
  double quarters_per_minute() const ARIETTA_RT;
  double tick_after_block() const ARIETTA_RT { return tick_at_frame(block_start_); }   // [audio] at the end of the last one

 private:
  struct Anchor { double frame = 0, seconds = 0; };
  struct Loop { bool on; Tick start, end; };
  struct Player : TrackPlayer { uint32_t track = 0; ClipPlayer clips; };

  void anchor_at(double tick);
  int64_t frame_of(Tick tick) const;
  Tick first_unplayed(double tick) const;
  Loop current_loop() const;
  Player& player_of(uint32_t track);
  void start_tracks(Tick next, int frame);
  void play_until(Tick end_tick, int64_t end_frame);
  void play_clips(int64_t from_frame, int64_t end_frame);
  SongFrames song_frames() const { return {clock_, anchor_.frame, anchor_.seconds, double(sample_rate_)}; }
  void turn_loop(const Loop& loop, int64_t turn_frame);
  void end_song(int64_t end_frame);

  float sample_rate_ = 48000;
  TempoClock clock_;
  BeatClicker beats_;
  span<Player> players_;            // kMaxTracks; those with track 0 are not in use
  Node* metronome_ = nullptr;

  Tick length_ = 0, plan_loop_start_ = 0, plan_loop_end_ = 0;
  Loop loop_{};
  bool metronome_on_ = false;

  bool playing_ = false, ended_ = false;
  bool has_plan_ = false;           // told to play before there is one, it waits: large plans take some blocks to arrive
  double resting_tick_ = 0;         // where the song stands while it does not play
  int64_t block_start_ = 0;         // frames rendered since the start of the engine
  Anchor anchor_, previous_;        // previous_ holds before anchor_.frame
  uint32_t clicks_ = 0;
  size_t looking_ = 0;              // the player look_ahead begins with
};

}  // namespace arietta
