// A node that takes notes, outside any engine.
#pragma once
#include "core/node.h"

namespace arietta {

struct TestNode : Node {
  TestNode() {
    events = room;
    event_room = kMaxBlockEvents;
  }
  TestNode(const TestNode&) = delete;

  NoteEvent room[kMaxBlockEvents];
};

}  // namespace arietta
