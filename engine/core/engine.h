// The engine: plays a plan in fixed memory. Whoever hosts it writes packets in and takes frames of sound out, in
// any portion: sound is made in control blocks of 32 frames, counted from the engine's start, and handed out as
// asked, so the same song gives the same samples whatever the portions are. What is handed out was made at most
// 31 frames ago.
#pragma once
#include "core/automation_player.h"
#include "core/commands.h"
#include "core/telemetry.h"

namespace arietta {

inline constexpr int kMaxQuantum = 16384;        // frames in one call of render; live hosts use 128 to 2048

class Engine {
 public:
  // Takes all the memory it will ever use from `memory`; false when it is too little. Once only.  [setup]
  bool init(float sample_rate, int max_quantum, MutableBytes memory);

  // Where the next packet may be written; empty when it is longer than kMaxPacketBytes.      [audio]
  MutableBytes inbox(size_t bytes) ARIETTA_RT;
  void receive(Bytes packet) ARIETTA_RT;                                 // [audio]

  // Up to max_quantum frames: the left channel, and the right one max_quantum floats further on.  [audio]
  const float* render(int frames) ARIETTA_RT;

  // What the engine has to say; valid until the next receive or render, which start a new packet. Asking only for
  // the length takes nothing.                                                                [audio]
  Bytes outbox() ARIETTA_RT;
  size_t outbox_bytes() ARIETTA_RT { return outbox_.packet().size(); }
  const TelemetryBlock& telemetry() ARIETTA_RT;                          // [audio]

  int max_quantum() const { return max_quantum_; }
  void set_memory_bytes(uint32_t bytes) { telemetry_.set_memory_bytes(bytes); }   // of the whole module [setup]

 private:
  void render_block();
  Mixer::Fade prepare_swap();
  void mark_leaving();
  void adopt_plan();

  Outbox outbox_;
  NodeTable nodes_;
  Assets assets_{nodes_, outbox_};
  PlanLoader loader_{nodes_, assets_, outbox_};
  AudioBlocks audio_{outbox_};
  Sequencer sequencer_;
  AutomationPlayer automation_;
  Mixer mixer_{outbox_};
  MasterMeter master_meter_;
  Commands commands_{sequencer_, nodes_, loader_, assets_, audio_, mixer_, outbox_};
  Telemetry telemetry_;

  int max_quantum_ = 0;
  MutableBytes inbox_;
  span<float> output_;
  int block_at_ = kMaxBlock;       // first frame of the last block that was not handed out yet
  int64_t frames_out_ = 0;
  uint32_t quanta_ = 0;
  int fade_block_ = 0;             // blocks of the fade before a swap that were rendered
};

}  // namespace arietta
