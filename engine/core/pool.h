// Blocks of memory handed out and taken back inside one fixed piece, first fit. It holds what comes and goes
// while the engine runs: devices, note chunks, sounds. The cost of a call grows with the number of blocks,
// which the engine bounds (320 devices, 128 chunks, 256 sounds), never with their size.
#pragma once
#include "base/rt.h"
#include "base/types.h"

namespace arietta {

class Pool {
 public:
  Pool() = default;
  explicit Pool(MutableBytes memory);                        // [setup]

  // A block of at least `bytes`, 16-byte aligned, not cleared; empty when none fits.        [audio]
  MutableBytes take(size_t bytes) ARIETTA_RT;

  // Takes back what `take` gave. An empty block is ignored.                                 [audio]
  void give_back(MutableBytes block) ARIETTA_RT;

  size_t capacity() const { return memory_.size(); }
  size_t used() const { return used_; }                      // headers included
  size_t high_water() const { return high_water_; }

 private:
  struct alignas(16) Header {
    size_t bytes;      // of the block behind this header
    bool taken;
  };
  Header& header_at(size_t offset) const { return *reinterpret_cast<Header*>(memory_.data() + offset); }
  void join_free_neighbours(size_t offset);

  MutableBytes memory_{};
  size_t used_ = 0;
  size_t high_water_ = 0;
};

}  // namespace arietta
