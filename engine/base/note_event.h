// One thing a player does: a note, a bend, a pedal. A plain 16-byte record, so that plans, packets and
// devices all carry the same bytes.
#pragma once
#include "base/types.h"

namespace arietta {

enum class NoteEventType : uint8_t {
  kNoteOn,       // key, value = velocity (0, 1]
  kNoteOff,      // key, id
  kBend,         // value = semitones, whole channel
  kPressure,     // value 0..1, whole channel
  kController,   // key = MIDI controller number (1 modulation, 7 volume, 10 pan, 11 expression, 64 sustain, 66, 67), value 0..1
  kProgram,      // key = program, value = bank
  kAllNotesOff,  // release what sounds
  kAllSoundOff,  // fade everything within 5 ms
};

// Channel volume (controller 7) of a channel nobody has told anything, as General MIDI has it: there it changes nothing.
constexpr float kVolumeAtRest = 100.0f / 127;

struct NoteEvent {
  uint32_t id;          // which note: pairs an off with its on; seeds its randomness
  float value;
  NoteEventType type;
  uint8_t key;          // MIDI key 0..127, or the controller number
  uint8_t frame;        // 0..31, inside the block that follows
  uint8_t reserved = 0;
  float tuning = 0;     // semitones added to the key (micro-tuning)
};
static_assert(sizeof(NoteEvent) == 16);

}  // namespace arietta
