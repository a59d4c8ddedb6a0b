#include "core/audio_blocks.h"

#include <cstring>

namespace arietta {
namespace {

// Control blocks of 32 frames, at 48 kHz. A block wanted within the last 50 ms is still needed: clips look ahead every 10 ms.
constexpr uint32_t kStillNeeded = 75;
constexpr uint32_t kAskAgain = 3000;             // 2 s: longer than a page stalls
constexpr int kAsksAtOnce = 8;                   // in one control block; an answer is 32 KB
constexpr int kSlotsLookedAt = 64;               // in one control block, for those to ask for

constexpr size_t kRoomForOthers = 1024;          // bytes of the outbox that are left to other messages

constexpr int64_t kBlock = int64_t(kAudioBlockSamples);

}  // namespace

bool AudioBlocks::prepare(Arena& arena, int blocks) {
  slots_ = arena.array<Slot>(size_t(blocks));
  void* memory = arena.take(size_t(blocks) * kAudioBlockSamples * sizeof(float));      // not cleared: never touched until used
  if (slots_.empty() || !memory) return false;
  samples_ = {static_cast<float*>(memory), size_t(blocks) * kAudioBlockSamples};
  for (int& chain : chains_) chain = -1;
  return true;
}

void AudioBlocks::want(uint32_t asset, int channels, int64_t first, int64_t frames) {
  if (first < 0) frames += first, first = 0;
  if (frames <= 0) return;
  const int64_t last = (first + frames) * channels - 1;
  for (int64_t block = first * channels / kBlock; block <= last / kBlock; ++block) {
    int slot = find(asset, uint32_t(block));
    if (slot < 0) {
      slot = take();
      if (slot < 0) return;                      // later ones are needed less
      const size_t chain = chain_of(asset, uint32_t(block));
      slots_[size_t(slot)] = {asset, uint32_t(block), 0, now_, 0, chains_[chain], State::kWanted};
      chains_[chain] = slot;
      count(State::kFree, State::kWanted);
    }
    slots_[size_t(slot)].wanted = now_;
  }
}

void AudioBlocks::receive(uint32_t asset, uint32_t block, Bytes samples) {
  const int index = find(asset, block);
  if (index < 0 || samples.size() > kAudioBlockSamples * sizeof(float)) return;      // nobody needs it any more
  Slot& slot = slots_[size_t(index)];
  slot.samples = uint32_t(samples.size() / sizeof(float));
  if (slot.samples) std::memcpy(samples_of(index), samples.data(), slot.samples * sizeof(float));
  count(slot.state, State::kHere);
  slot.state = State::kHere;
}

// A block that is gone is forgotten like any other when it is no longer wanted, and asked for anew when it is again.
void AudioBlocks::gone(uint32_t asset, bool is_gone) {
  for (Slot& slot : slots_) {
    const bool open = slot.state == State::kWanted || slot.state == State::kAsked;
    if (slot.asset != asset || (is_gone ? !open : slot.state != State::kGone)) continue;
    const State next = is_gone ? State::kGone : State::kWanted;
    count(slot.state, next);
    slot.state = next;
  }
}

void AudioBlocks::read(uint32_t asset, int channels, int64_t first, int frames, float* left, float* right) {
  for (int i = 0; i < frames;) {
    const int64_t sample = (first + i) * channels;
    const int index = sample < 0 ? -1 : find(asset, uint32_t(sample / kBlock));
    const int in_block = int(((sample % kBlock) + kBlock) % kBlock);
    const int room = (int(kBlock) - in_block) / channels;
    const int count = frames - i < room ? frames - i : room;
    const bool here = index >= 0 && slots_[size_t(index)].state == State::kHere;
    const int there = here ? (int(slots_[size_t(index)].samples) - in_block) / channels : 0;
    const float* from = here ? samples_of(index) + in_block : nullptr;
    for (int k = 0; k < count; ++k) {
      left[i + k] = k < there ? from[k * channels] : 0;
      right[i + k] = k < there ? from[k * channels + channels - 1] : 0;
    }
    i += count;
  }
}

bool AudioBlocks::has(uint32_t asset, int channels, int64_t first, int64_t frames) {
  if (first < 0) frames += first, first = 0;
  if (frames <= 0) return true;
  const int64_t last = (first + frames) * channels - 1;
  for (int64_t block = first * channels / kBlock; block <= last / kBlock; ++block) {
    const int slot = find(asset, uint32_t(block));
    if (slot < 0) return false;
    const State state = slots_[size_t(slot)].state;
    if (state != State::kHere && state != State::kGone) return false;
  }
  return true;
}

void AudioBlocks::step() {
  ++now_;
  if (waiting_ == 0 && wanted_ == 0) return;
  int asks = 0;
  for (int looked = 0; looked < kSlotsLookedAt && asks < kAsksAtOnce && outbox_.room() > kRoomForOthers; ++looked) {
    Slot& slot = slots_[size_t(asking_)];
    asking_ = asking_ + 1 < int(slots_.size()) ? asking_ + 1 : 0;
    const bool late = slot.state == State::kAsked && now_ - slot.asked > kAskAgain && now_ - slot.wanted <= kStillNeeded;
    if (slot.state != State::kWanted && !late) continue;
    outbox_.put(Message::audio_want, AudioWantPayload{slot.asset, slot.block, 1, 0});
    count(slot.state, State::kAsked);
    slot.state = State::kAsked;
    slot.asked = now_;
    ++asks;
  }
}

size_t AudioBlocks::chain_of(uint32_t asset, uint32_t block) {
  return (asset * 0x9e3779b1u + block) & uint32_t(kChains - 1);
}

int AudioBlocks::find(uint32_t asset, uint32_t block) const {
  for (int slot = slots_.empty() ? -1 : chains_[chain_of(asset, block)]; slot >= 0; slot = slots_[size_t(slot)].next)
    if (slots_[size_t(slot)].asset == asset && slots_[size_t(slot)].block == block) return slot;
  return -1;
}

// The hand goes round and stops at the first slot that nobody has wanted lately.
int AudioBlocks::take() {
  for (size_t looked = 0; looked < slots_.size(); ++looked) {
    const int index = clock_hand_;
    clock_hand_ = clock_hand_ + 1 < int(slots_.size()) ? clock_hand_ + 1 : 0;
    Slot& slot = slots_[size_t(index)];
    if (slot.state == State::kFree) return index;
    if (now_ - slot.wanted <= kStillNeeded) continue;
    unlink(index);
    count(slot.state, State::kFree);
    slot = {};
    return index;
  }
  return -1;
}

void AudioBlocks::unlink(int index) {
  const Slot& slot = slots_[size_t(index)];
  int* link = &chains_[chain_of(slot.asset, slot.block)];
  while (*link != index) link = &slots_[size_t(*link)].next;
  *link = slot.next;
}

void AudioBlocks::count(State before, State after) {
  held_ += int(after == State::kHere) - int(before == State::kHere);
  waiting_ += int(after == State::kAsked) - int(before == State::kAsked);
  wanted_ += int(after == State::kWanted) - int(before == State::kWanted);
}

}  // namespace arietta
