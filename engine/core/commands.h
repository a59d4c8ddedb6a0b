// Reads packets from the page and hands each message to the part it is for. Everything happens at once, on the
// audio thread between two blocks, and everything that can pile up is bounded: notes by the node's block, parameter
// values by keeping only the last one. What does not fit is counted.
#pragma once
#include "core/assets.h"
#include "core/audio_blocks.h"
#include "core/mixer.h"
#include "core/plan_loader.h"
#include "core/sequencer.h"

namespace arietta {

class Commands {
 public:
  Commands(Sequencer& sequencer, NodeTable& nodes, PlanLoader& loader, Assets& assets, AudioBlocks& audio,
           Mixer& mixer, Outbox& outbox)
      : sequencer_(sequencer), nodes_(nodes), loader_(loader), assets_(assets), audio_(audio), mixer_(mixer), outbox_(outbox) {}

  void receive(Bytes packet) ARIETTA_RT;               // [audio]
  uint32_t dropped() const { return dropped_; }        // commands that found no room, since the start

 private:
  bool transport(const FrameView& frame);
  bool live(const FrameView& frame);
  bool params(const FrameView& frame);
  bool plan(const FrameView& frame);
  bool assets(const FrameView& frame);
  bool audio(const FrameView& frame);
  bool others(const FrameView& frame);
  void silence_everything();
  void restart_everything();

  Sequencer& sequencer_;
  NodeTable& nodes_;
  PlanLoader& loader_;
  Assets& assets_;
  AudioBlocks& audio_;
  Mixer& mixer_;
  Outbox& outbox_;
  uint32_t dropped_ = 0;
};

}  // namespace arietta
