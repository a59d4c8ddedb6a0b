// Plays one device as the mixer would: events at absolute frames, blocks of any size, sleep respected.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "host/hosted_device.h"

namespace arietta::test {

struct Stereo {
  std::vector<float> left, right;
  size_t size() const { return left.size(); }
};

class Player {
 public:
  explicit Player(DeviceKind kind, float rate = 48000)
      : info(*find_device(kind)), hosted_(kind, {rate}), rate_(rate) {
    REQUIRE(hosted_.ok());
    device = &*hosted_;
  }

  void set(uint16_t index, float plain) { device->set_param(index, plain); }
  // Sets and lets the value arrive at once.
  void preset(uint16_t index, float plain) { set(index, plain); device->reset(); }

  void at(int frame, NoteEvent event) { events_.push_back({frame, event}); }
  void note(int frame, uint8_t key, float velocity = 1, int off_frame = -1) {
    const uint32_t id = ++notes_;
    at(frame, {id, velocity, NoteEventType::kNoteOn, key, 0});
    if (off_frame >= 0) at(off_frame, {id, 0, NoteEventType::kNoteOff, key, 0});
  }
  void controller(int frame, uint8_t number, float value) {
    at(frame, {0, value, NoteEventType::kController, number, 0});
  }

  // Renders the next `frames`; `cuts` are the block sizes, used in turn.
  Stereo render(int frames, std::vector<int> cuts = {kMaxBlock}) {
    std::stable_sort(events_.begin(), events_.end(), [](const Timed& a, const Timed& b) { return a.frame < b.frame; });
    Stereo out;
    for (int done = 0, turn = 0; done < frames;) {
      const int size = std::min(cuts[size_t(turn++) % cuts.size()], frames - done);
      block(size, out);
      done += size;
    }
    return out;
  }
  Stereo seconds(float time) { return render(int(time * rate_)); }

  std::function<float(int frame, int side)> input = [](int, int) { return 0.0f; };
  const DeviceInfo& info;
  Device* device = nullptr;
  Activity activity = Activity::kAsleep;
  int now = 0;

 private:
  struct Timed { int frame; NoteEvent event; };

  void block(int size, Stereo& out) {
    std::vector<NoteEvent> due;
    for (; next_ < events_.size() && events_[next_].frame < now + size; ++next_) {
      due.push_back(events_[next_].event);
      due.back().frame = uint8_t(std::max(0, events_[next_].frame - now));
    }
    alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};
    bool silent = true;
    for (int i = 0; i < size; ++i) {
      left[i] = input(now + i, 0);
      right[i] = input(now + i, 1);
      silent = silent && left[i] == 0 && right[i] == 0;
    }
    if (activity != Activity::kAsleep || !due.empty() || !silent) {
      if (!due.empty()) device->notes(due);
      activity = device->render({left, right, size});
    }
    out.left.insert(out.left.end(), left, left + size);
    out.right.insert(out.right.end(), right, right + size);
    now += size;
  }

  HostedDevice hosted_;
  float rate_;
  std::vector<Timed> events_;
  size_t next_ = 0;
  uint32_t notes_ = 0;
};

}  // namespace arietta::test
