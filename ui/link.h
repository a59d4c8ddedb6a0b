// The screen's end of the wire: collects frames for the engine and keeps what is known of the engine's state
// (which plan chunks and assets it has). The page carries the bytes.   All [main].
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/note_event.h"
#include "compile/compile_plan.h"
#include "proto/frame.h"

namespace arietta::ui {

class Link {
 public:
  void play();
  void stop(bool rewind);
  void seek(Tick tick);
  void loop(bool on, Tick start, Tick end);
  void metronome(bool on);
  void note(uint32_t node, const NoteEvent& event);
  void panic();
  void gesture_begin(uint32_t node, uint16_t index);
  void param(uint32_t node, uint16_t index, float plain);
  void gesture_end(uint32_t node, uint16_t index);
  void plan(const CompiledPlan& plan);                   // chunks the engine has are only named
  void subscribe(uint32_t mask);

  void engine_restarted();                               // it has nothing any more
  void plan_refused();                                   // send all chunks next time
  std::vector<uint8_t> take();                           // one packet; empty when there is nothing
  bool empty() const { return bytes_.empty(); }

 private:
  void frame(Message type, Bytes payload, uint32_t dst = 0, uint16_t flags = 0);

  std::vector<uint8_t> bytes_;
  uint32_t seq_ = 0, frames_ = 0;
  std::unordered_map<uint32_t, uint64_t> engine_has_;    // track -> chunk hash
};

}  // namespace arietta::ui
