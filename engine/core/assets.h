// The sounds the page sent: banks, received in slices, checked, lent to the nodes that play them.
// A sound that does not fit or is damaged is refused; it never stops the music.
#pragma once
#include "core/node_table.h"
#include "core/outbox.h"
#include "core/pool.h"

namespace arietta {

class Assets {
 public:
  Assets(NodeTable& nodes, Outbox& outbox) : nodes_(nodes), outbox_(outbox) {}
  void prepare(MutableBytes memory) { pool_ = Pool(memory); }           // [setup]

  void begin(uint32_t id, uint32_t bytes) ARIETTA_RT;                    // [audio]
  // The slice that follows what already came; `data` may end in padding.                    [audio]
  void receive(uint32_t id, uint32_t offset, Bytes data) ARIETTA_RT;
  void end(uint32_t id) ARIETTA_RT;                                      // [audio]
  void drop(uint32_t id) ARIETTA_RT;                                     // [audio]

  // The bytes of a sound that is ready; empty for any other.                                [audio]
  AssetView view(uint32_t id) const ARIETTA_RT;

  const Pool& pool() const { return pool_; }

 private:
  struct Asset {
    uint32_t id = 0;                  // 0: a free place
    uint32_t bytes = 0, received = 0;
    bool ready = false, broken = false;
    MutableBytes memory{};
  };
  Asset* find(uint32_t id);
  void forget(Asset& asset);
  void lend(uint32_t id, AssetView view);
  void refuse(uint32_t id, AssetRefusal why);

  NodeTable& nodes_;
  Outbox& outbox_;
  Pool pool_;
  Asset assets_[kMaxAssets];
};

}  // namespace arietta
