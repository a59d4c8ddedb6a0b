// A part: the notes of one channel in one track of a MIDI file, with what the player does besides them. It becomes one
// track of a song.   [main]
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "song/edit.h"
#include "song/midi_parse.h"

namespace arietta {

struct MidiPart {
  size_t track = 0;                        // index into the file's tracks
  uint8_t port = 0, channel = 0;
  size_t note_count = 0;

  int program = 0, bank = 0;               // when its first note sounds
  std::optional<int> volume, pan, reverb;  // 0..127, when they never move; else they are controls
  std::vector<Note> notes;                 // in song ticks, clip not set
  std::vector<Control> controls;
  Tick end = 0;                            // end of the part, with the silence after it
  size_t hanging = 0;                      // notes that were never ended
};

// What holds for all parts of a song.
struct MidiContext {
  uint16_t drums = 1 << 9;                 // bit per channel
  bool xg = false;                         // Yamaha XG: the low bank byte chooses the variation
  Tick end = 0;                            // of the song: its last note and a short silence
};

MidiContext read_context(span<const MidiTrack> tracks);
std::vector<MidiPart> find_parts(span<const MidiTrack> tracks);   // those with notes, in file order

// Fills a part in. `controls_left` is what the whole song may still have; it stops a hostile file in which many tracks
// share one busy channel. False when it ran out.
bool read_part(span<const MidiTrack> tracks, const MidiContext& context, MidiPart& part, size_t& controls_left);

}  // namespace arietta
