// Plays the events of one track into its instrument: where it is, which of its notes sound, which controllers it
// has moved. Ticks count from the song's start, frames from the start of the block.
#pragma once
#include "core/node.h"
#include "plan/plan_format.h"

namespace arietta {

class TrackPlayer {
 public:
  // The events and instrument of another plan; `next` is the first tick not played yet. Notes that are the same in
  // the new events sound on, the others are released; controllers are chased. True when the instrument is another
  // one, which has not heard the notes that should be sounding: see resume().              [audio]
  bool adopt(span<const PlanEvent> events, Node* instrument, Tick next) ARIETTA_RT;

  // Goes to a place: the next event is the first at or after `next`. Says nothing to the instrument. [audio]
  void seek(Tick next) ARIETTA_RT;

  // Brings controllers, bend, pressure and program to what they are at the current place.   [audio]
  void chase(int frame) ARIETTA_RT;

  // Starts the notes that began before the current place and end after it, for an instrument that was not there: after a
  // seek, a restart, a sound that has just arrived. Drums are left out, a late stroke is wrong.  [audio]
  void resume(int frame) ARIETTA_RT;

  // Ends every sounding note of the song and lifts pedals; live notes go on.                [audio]
  void release(int frame) ARIETTA_RT;

  // The next event, or nullptr at the end; take() plays it.                                 [audio]
  const PlanEvent* next() const ARIETTA_RT { return at_ < events_.size() ? &events_[at_] : nullptr; }
  bool take(int frame) ARIETTA_RT;                    // false: the block is full, try in the next one

  void forget();                                      // nothing sounds any more, controllers are at rest [audio]
  Node* instrument() const { return instrument_; }

 private:
  static constexpr int kMaxHeld = 96;                 // beyond it a release ends all notes of the instrument
  struct Held { uint32_t note; uint8_t key; };

  void send(NoteEventType type, uint8_t key, float value, int frame, uint32_t id = 0, float tuning = 0);
  void note_started(const PlanEvent& event);
  void note_ended(uint32_t note);
  void release_changed_notes();
  void release_one(int index, int frame);

  span<const PlanEvent> events_;
  size_t at_ = 0;
  Node* instrument_ = nullptr;
  Held held_[kMaxHeld];
  int held_count_ = 0;
  bool held_overflow_ = false;
  bool moved_[128] = {};                              // controllers the song has set
  bool bent_ = false, pressed_ = false, program_changed_ = false;
};

}  // namespace arietta
