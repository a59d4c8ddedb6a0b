// A device in the engine: the instance, its memory, what it is set to, and the events of its next block.
#pragma once
#include "core/wait_line.h"
#include "devices/device.h"

namespace arietta {

// Events a node takes in one block of 32 frames. Notes of the song stop at kMaxDueEvents and go on a block later;
// the rest is for a seek (131 controllers at most, and the releases of held notes) and for live playing.
inline constexpr int kMaxBlockEvents = 384;
inline constexpr int kMaxDueEvents = 96;

struct Node {
  uint32_t id = 0;                    // 0: a free slot
  DeviceKind kind = DeviceKind::none;
  Device* device = nullptr;
  MutableBytes memory{};
  uint32_t asset = 0;                 // what it plays from, loaded or not
  uint16_t program = 0, bank = 0;     // the preset it starts with

  float values[kMaxParams] = {};      // plain, as last set
  uint64_t changed = 0;               // bit per parameter: tell the device before the next block
  uint64_t gesture = 0;               // bit per parameter: a person holds the knob, a plan may not move it

  Activity activity = Activity::kRunning;
  bool leaving = false;               // fades out because the coming plan has no such node, or has it elsewhere
  bool entered = false;               // part of the plan that plays, not only of the one being built
  bool in_chain = false;              // an effect somebody put there (is_chain_node): it may be left out, moved, taken away
  uint32_t follows = 0;               // the effect before it in its chain, of those that stay
  float wet = 1;                      // of an effect in a chain: 0 left out, 1 in the way; moves there in steps of a block
  int empty_frames = 0;               // how long a device that starts afresh still gives nothing, for its latency
  WaitLine line;                      // an effect's dry signal, as late as the device; others wait for slower paths
  int event_count = 0, event_room = 0;
  NoteEvent* events = nullptr;        // of instruments: kMaxBlockEvents

  // False when the block is full, or the node plays no notes.                               [audio]
  bool push(const NoteEvent& event) ARIETTA_RT {
    if (event_count >= event_room) return false;
    events[event_count++] = event;
    return true;
  }
  // Keeps only the last value until the next block; gives false for a parameter it has not. [audio]
  bool set_value(uint32_t index, float plain) ARIETTA_RT;
  // Passes on what changed since the last block; whether anything did.                      [audio]
  bool deliver_values() ARIETTA_RT;
};

}  // namespace arietta
