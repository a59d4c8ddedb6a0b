// The keys a hand holds down, the latest on top: what solo playing returns to when a key goes up.
#pragma once
#include "base/note_event.h"

namespace arietta {

class HeldKeys {
 public:
  void clear() { count_ = 0; }                                                                   // [audio]
  bool empty() const { return count_ == 0; }
  const NoteEvent& top() const { return keys_[count_ - 1]; }

  // The oldest is forgotten when ten fingers are not enough.                                    [audio]
  void push(const NoteEvent& on) {
    remove(on);
    if (count_ == kRoom) take_out(0);
    keys_[count_++] = on;
  }
  void remove(const NoteEvent& off) {                                                            // [audio]
    for (int i = count_ - 1; i >= 0; --i)
      if (off.id ? keys_[i].id == off.id : keys_[i].key == off.key) take_out(i);
  }

 private:
  static constexpr int kRoom = 10;

  void take_out(int place) {
    --count_;
    for (int i = place; i < count_; ++i) keys_[i] = keys_[i + 1];
  }

  NoteEvent keys_[kRoom];
  int count_ = 0;
};

}  // namespace arietta
