// Recorded sound that is about to be heard: a fixed number of blocks, asked for ahead of time and given up when others are
// needed more. Memory stays the same however many hours a song has.
// A block is kAudioBlockSamples floats of one asset, channels taking turns. Clips ask a few seconds ahead (want); each
// request goes to the page once and again when it is not answered. The blocks nobody has asked for longest go first.
#pragma once
#include "base/arena.h"
#include "core/outbox.h"
#include "devices/audio_source.h"

namespace arietta {

class AudioBlocks final : public AudioSource {
 public:
  explicit AudioBlocks(Outbox& outbox) : outbox_(outbox) {}
  bool prepare(Arena& arena, int blocks);                                // [setup]

  // These frames will be heard soon, or are heard now; the order of the calls is the order of need. [audio]
  void want(uint32_t asset, int channels, int64_t first, int64_t count) ARIETTA_RT;

  // The messages of the same names.                                                         [audio]
  void receive(uint32_t asset, uint32_t block, Bytes samples) ARIETTA_RT;
  void gone(uint32_t asset, bool is_gone) ARIETTA_RT;

  void read(uint32_t asset, int channels, int64_t first, int count, float* left, float* right) ARIETTA_RT override;
  bool has(uint32_t asset, int channels, int64_t first, int64_t count) ARIETTA_RT override;

  void missed() ARIETTA_RT override { ++missed_; }

  // Once per control block: time goes on, and what was wanted is asked for.                 [audio]
  void step() ARIETTA_RT;

  int held() const { return held_; }             // blocks with sound in them
  int waiting() const { return waiting_; }       // asked for and not here yet
  uint32_t missed_so_far() const { return missed_; }   // times a clip fell silent because its sound had not come

 private:
  enum class State : uint8_t { kFree, kWanted, kAsked, kHere, kGone };
  struct Slot {
    uint32_t asset = 0, block = 0;
    uint32_t samples = 0;
    uint32_t wanted = 0, asked = 0;              // control blocks since the start, at the last want and ask
    int next = -1;                               // in its chain
    State state = State::kFree;
  };
  static constexpr int kChains = 1024;           // a power of two

  static size_t chain_of(uint32_t asset, uint32_t block);
  int find(uint32_t asset, uint32_t block) const;
  int take();                                    // a slot for another block; -1: all are needed
  void unlink(int slot);
  float* samples_of(int slot) { return samples_.data() + size_t(slot) * kAudioBlockSamples; }
  void count(State before, State after);

  Outbox& outbox_;
  span<Slot> slots_;
  span<float> samples_;
  int chains_[kChains];
  int clock_hand_ = 0;
  int asking_ = 0;                               // the slot step() looks at next
  uint32_t now_ = 0;
  uint32_t missed_ = 0;
  int held_ = 0, waiting_ = 0, wanted_ = 0;
};

}  // namespace arietta
