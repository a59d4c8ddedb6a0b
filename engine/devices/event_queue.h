// Note events waiting for their frame in the next block. Nothing is ever lost: an instrument that finds the
// queue full empties it at once, a few frames early.
#pragma once
#include "base/note_event.h"

namespace arietta {

class EventQueue {
 public:
  static constexpr int kRoom = 128;              // a ten-finger chord with every wheel moving is below 40

  bool full() const { return count_ == kRoom; }
  bool empty() const { return next_ == count_; }
  void push(const NoteEvent& event) { events_[count_++] = event; }                              // [audio]

  // The frame of the next event, or `end` when it lies beyond.                                  [audio]
  int next_frame(int end) const {
    return empty() || events_[next_].frame >= end ? end : events_[next_].frame;
  }
  // Takes the next event if it is due at `frame` or before.                                    [audio]
  const NoteEvent* due(int frame) {
    return !empty() && events_[next_].frame <= frame ? &events_[next_++] : nullptr;
  }
  void clear() { next_ = count_ = 0; }                                                          // [audio]

 private:
  NoteEvent events_[kRoom];
  int next_ = 0;
  int count_ = 0;
};

}  // namespace arietta
