// Takes in a plan while another one plays. Its parts arrive in any number of packets; checking the events and
// building the devices, which can be long, is spread over quanta; only a plan that is whole and sound is offered
// for the swap. A refused plan changes nothing.
#pragma once
#include "core/assets.h"
#include "core/node_table.h"
#include "core/outbox.h"
#include "plan/plan_check.h"

namespace arietta {

// One track's events, shared by the plans that have the same ones.
struct Chunk {
  uint32_t track = 0;
  uint64_t hash = 0;
  uint32_t bytes = 0;
  int users = 0;                  // plans that hold it; 0: a free place
  bool checked = false;
  MutableBytes memory{};
  Bytes view() const { return memory.first(bytes); }
};

// A plan with everything it refers to.
struct LoadedPlan {
  MutableBytes head_memory{};
  PlanView view;                  // empty: no plan
  uint32_t revision = 0;
  Chunk* chunks[kMaxTracks] = {};
  Node* nodes[kMaxNodes] = {};    // as numbered in the plan
  int waits[kMaxNodes] = {};      // frames each node's line keeps back
  int latency_frames = 0;         // from the instruments to the output
};

class PlanLoader {
 public:
  PlanLoader(NodeTable& nodes, Assets& assets, Outbox& outbox) : nodes_(nodes), assets_(assets), outbox_(outbox) {}
  bool prepare(Arena& arena);                                            // [setup]

  // The messages of the same names. A new begin gives up whatever was loading; its chunks can still be kept, because
  // the page may send the next edit before it hears how the last one went.
  void begin(uint32_t revision, uint32_t head_bytes) ARIETTA_RT;         // [audio]
  void head(Bytes bytes) ARIETTA_RT;                                     // [audio]
  void chunk(uint32_t track, Bytes bytes) ARIETTA_RT;                    // [audio]
  void keep(uint32_t track, uint64_t hash) ARIETTA_RT;                   // [audio]
  void commit(uint32_t revision) ARIETTA_RT;                             // [audio]

  // Does one quantum's share of the work.                                                   [audio]
  void work() ARIETTA_RT;

  bool ready() const { return stage_ == Stage::kReady; }
  const LoadedPlan& coming() const { return *coming_; }
  const LoadedPlan& playing() const { return *playing_; }

  // The plan that was ready plays from now on. The nodes that only the old one had go back.  [audio]
  void swap() ARIETTA_RT;

  const Pool& pool() const { return pool_; }

 private:
  enum class Stage : uint8_t { kIdle, kReceiving, kChecking, kBuilding, kReady };

  Chunk* find_chunk(uint32_t track, uint64_t hash);
  int track_place(uint32_t track) const;
  void hold(int place, Chunk* chunk);
  using Chunks = Chunk* [kMaxTracks];
  void let_go(Chunks& chunks);
  void drop_coming();
  void refuse(PlanRefusal why, size_t where = 0);
  bool check_some();
  bool build_some();
  void plan_waits();

  NodeTable& nodes_;
  Assets& assets_;
  Outbox& outbox_;
  Pool pool_;                               // of chunks
  Chunk chunks_[3 * kMaxTracks];
  LoadedPlan plans_[2];
  LoadedPlan* playing_ = &plans_[0];
  LoadedPlan* coming_ = &plans_[1];
  Chunks given_up_ = {};                    // of the plan that a newer one overtook

  Stage stage_ = Stage::kIdle;
  uint32_t head_bytes_ = 0;
  size_t checking_track_ = 0, checking_event_ = 0, building_node_ = 0;
  bool built_[kMaxNodes] = {};              // made for the coming plan, not shared with the playing one
};

}  // namespace arietta
