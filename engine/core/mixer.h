// Runs the plan's op list for one block: instruments, effects, strips, the reverb, the master. The list is flat and in order,
// so this is a loop over small structs with one indirect call per device. Silence is skipped: a buffer nobody
// played into costs nothing down the line.
#pragma once
#include "core/node.h"
#include "core/outbox.h"
#include "plan/plan_view.h"

namespace arietta {

struct Peaks { float left = 0, right = 0; };

class Mixer {
 public:
  explicit Mixer(Outbox& outbox) : outbox_(outbox) {}

  // Renders one whole block. `fade` holds the gains at the block's start and end of nodes that are leaving. [audio]
  struct Fade { float from = 1, to = 1; };
  void run_block(const PlanView& plan, Node* const* nodes, Fade fade, float quarters_per_minute) ARIETTA_RT;

  const float* left() const { return buffers_[output_].left; }      // of the last block; kMaxBlock frames
  const float* right() const { return buffers_[output_].right; }

  // Highest peaks since the last call.                                                      [audio]
  Peaks take_peaks(int track) ARIETTA_RT;
  Peaks take_master_peaks() ARIETTA_RT;
  void set_metering(bool on) { metering_ = on; }
  bool metering() const { return metering_; }
  uint32_t faults() const { return faults_; }

 private:
  struct alignas(16) Buffer {
    float left[kMaxBlock], right[kMaxBlock];
    bool silent = true;
  };

  void clear(Buffer& buffer);
  void render(Node& node, Buffer& target, Fade fade);
  void process(Node& node, const PlanOp& op, Fade fade);
  void blend(Buffer& wet, float from, float to);
  void mix(const Buffer& source, Buffer& target, float gain);
  void send(Node& strip, Buffer& source, Buffer& target, int number);
  void meter(const Buffer& buffer, Peaks& peaks);
  void run_device(Node& node, Buffer& io);

  Outbox& outbox_;
  Buffer buffers_[kMaxBuffers] = {};
  Buffer alone_{};                   // for an instrument that plays into a buffer that already sounds
  Buffer dry_{};                     // what went into an effect of a chain
  int output_ = 0;
  float quarters_per_minute_ = 120;
  bool metering_ = true;
  Peaks track_peaks_[kMaxTracks];
  Peaks master_peaks_;
  uint32_t faults_ = 0;
};

}  // namespace arietta
