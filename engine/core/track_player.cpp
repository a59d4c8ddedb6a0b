#include "core/track_player.h"

#include <algorithm>

namespace arietta {
namespace {

constexpr uint8_t kDrumBank = 128;
// How far back resume() looks, in events, and how many notes it starts: both bound its time.
constexpr size_t kResumeLookBack = 4096;
constexpr int kMaxResumed = 32;

constexpr uint8_t kVolume = 7, kBalance = 8, kPan = 10, kExpression = 11, kSustain = 64, kSoftPedal = 67;

// Where a controller rests when the song has not said anything: where it changes nothing, as in a device that was
// never told.
float resting_value(uint8_t controller) {
  if (controller == kVolume) return kVolumeAtRest;
  if (controller == kExpression) return 1;
  return controller == kBalance || controller == kPan ? 0.5f : 0.0f;
}

}  // namespace

bool TrackPlayer::adopt(span<const PlanEvent> events, Node* instrument, Tick next) {
  const bool same_events = events.data() == events_.data();      // a chunk that was kept stays where it is
  const bool same_instrument = instrument == instrument_;
  if (!same_instrument) forget();
  events_ = events;
  instrument_ = instrument;
  seek(next);
  if (same_events && same_instrument) return false;
  release_changed_notes();
  chase(0);
  return !same_instrument;
}

void TrackPlayer::seek(Tick next) {
  size_t low = 0, high = events_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (Tick(events_[middle].tick) < next) low = middle + 1;
    else high = middle;
  }
  at_ = low;
}

// One walk over what lies before; at most kMaxEvents in all tracks together, about a millisecond.
void TrackPlayer::chase(int frame) {
  if (!instrument_) return;
  const PlanEvent* controllers[128] = {};
  const PlanEvent *bend = nullptr, *pressure = nullptr, *program = nullptr;
  for (const PlanEvent& event : events_.first(at_)) {
    switch (NoteEventType(event.type)) {
      case NoteEventType::kController: controllers[event.key] = &event; break;
      case NoteEventType::kBend: bend = &event; break;
      case NoteEventType::kPressure: pressure = &event; break;
      case NoteEventType::kProgram: program = &event; break;
      default: break;
    }
  }
  if (program) send(NoteEventType::kProgram, program->key, program->value, frame);
  else if (program_changed_) send(NoteEventType::kProgram, uint8_t(instrument_->program), instrument_->bank, frame);
  if (bend || bent_) send(NoteEventType::kBend, 0, bend ? bend->value : 0, frame);
  if (pressure || pressed_) send(NoteEventType::kPressure, 0, pressure ? pressure->value : 0, frame);
  for (int number = 0; number < 128; ++number) {
    const PlanEvent* event = controllers[number];
    if (!event && !moved_[number]) continue;
    send(NoteEventType::kController, uint8_t(number), event ? event->value : resting_value(uint8_t(number)), frame);
    moved_[number] = event != nullptr;
  }
  program_changed_ = program != nullptr;
  bent_ = bend != nullptr;
  pressed_ = pressure != nullptr;
}

void TrackPlayer::resume(int frame) {
  if (!instrument_ || instrument_->kind == DeviceKind::drum_kit || instrument_->bank == kDrumBank) return;
  const PlanEvent* sounding[kMaxResumed];
  int count = 0;
  for (const PlanEvent& event : events_.subspan(at_ > kResumeLookBack ? at_ - kResumeLookBack : 0, std::min(at_, kResumeLookBack))) {
    const NoteEventType type = NoteEventType(event.type);
    if (type == NoteEventType::kNoteOn && count < kMaxResumed) sounding[count++] = &event;
    if (type != NoteEventType::kNoteOff) continue;
    for (int i = 0; i < count; ++i)
      if (sounding[i]->note == event.note) {
        sounding[i] = sounding[--count];
        break;
      }
  }
  for (const PlanEvent* event : span(sounding, size_t(count))) {
    send(NoteEventType::kNoteOn, event->key, event->value, frame, event->note, float(event->tuning_cents) / 100);
    note_started(*event);
  }
}

void TrackPlayer::release(int frame) {
  if (!instrument_) return;
  if (held_overflow_) send(NoteEventType::kAllNotesOff, 0, 0, frame);
  while (held_count_ > 0) release_one(held_count_ - 1, frame);
  held_overflow_ = false;
  for (int pedal = kSustain; pedal <= kSoftPedal; ++pedal)
    if (moved_[pedal]) send(NoteEventType::kController, uint8_t(pedal), 0, frame);
}

bool TrackPlayer::take(int frame) {
  const PlanEvent& event = events_[at_];
  if (instrument_) {
    if (instrument_->event_count >= kMaxDueEvents) return false;
    send(NoteEventType(event.type), event.key, event.value, frame, event.note, float(event.tuning_cents) / 100);
    switch (NoteEventType(event.type)) {
      case NoteEventType::kNoteOn: note_started(event); break;
      case NoteEventType::kNoteOff: note_ended(event.note); break;
      case NoteEventType::kController: moved_[event.key] = true; break;
      case NoteEventType::kBend: bent_ = true; break;
      case NoteEventType::kPressure: pressed_ = true; break;
      case NoteEventType::kProgram: program_changed_ = true; break;
      default: break;
    }
  }
  ++at_;
  return true;
}

void TrackPlayer::forget() {
  held_count_ = 0;
  held_overflow_ = bent_ = pressed_ = program_changed_ = false;
  for (bool& moved : moved_) moved = false;
}

void TrackPlayer::send(NoteEventType type, uint8_t key, float value, int frame, uint32_t id, float tuning) {
  instrument_->push({id, value, type, key, uint8_t(frame), 0, tuning});
}

void TrackPlayer::note_started(const PlanEvent& event) {
  if (held_count_ == kMaxHeld) held_overflow_ = true;
  else held_[held_count_++] = {event.note, event.key};
}

void TrackPlayer::note_ended(uint32_t note) {
  for (int i = 0; i < held_count_; ++i)
    if (held_[i].note == note) {
      held_[i] = held_[--held_count_];
      return;
    }
}

// A sounding note goes on if the next thing the new events say about it is its end, on the same key.
void TrackPlayer::release_changed_notes() {
  constexpr int kMaxCompares = 1 << 20;      // about a millisecond; what is not found by then is released
  int unsure = held_count_, compares = 0;    // held_[0, unsure) are not decided, the others go on
  for (size_t i = at_; i < events_.size() && unsure > 0 && compares < kMaxCompares; ++i) {
    const NoteEventType type = NoteEventType(events_[i].type);
    if (type != NoteEventType::kNoteOn && type != NoteEventType::kNoteOff) continue;
    for (int h = 0; h < unsure; ++h, ++compares) {
      if (held_[h].note != events_[i].note) continue;
      if (type == NoteEventType::kNoteOff && held_[h].key == events_[i].key) {
        const Held goes_on = held_[h];
        held_[h] = held_[--unsure];
        held_[unsure] = goes_on;
      } else {
        release_one(h, 0);
        --unsure;
      }
      break;
    }
  }
  while (unsure > 0) release_one(--unsure, 0);
}

void TrackPlayer::release_one(int index, int frame) {
  send(NoteEventType::kNoteOff, held_[index].key, 0, frame, held_[index].note);
  for (int i = index + 1; i < held_count_; ++i) held_[i - 1] = held_[i];      // keeps the order of the others
  --held_count_;
}

}  // namespace arietta
