// The melody of a song's track as one line, and the chords that the other tracks play: what the melody model is told about a
// song. Times are song ticks, 960 per quarter.   [any]
#pragma once
#include <string>
#include <vector>

#include "song/edit.h"
#include "song/time.h"

namespace arietta {

struct LineNote {
  Id id = 0;
  Tick start = 0, end = 0;       // song time; `end` is where the next note begins at the latest
  int key = 60, velocity = 100;
};

struct MelodyLine {
  std::vector<LineNote> notes;   // one after the other
  size_t of = 0;                 // notes the track has; more than `notes` where it plays chords

  bool from_chords() const { return notes.size() * 4 < of * 3; }
};

// The highest voice: of notes that begin together the top one, and none that begins under a higher one still sounding. [main]
MelodyLine melody_line(const Document&, Id track);

struct NamedChord {
  Tick start = 0, end = 0;
  std::string name;              // "Am7"; never empty
};

// What the tracks besides this one play in [from, to), for each half bar (bars of an odd number of beats: each bar) in which
// it has a name. Drums are left out.                                                                       [main]
std::vector<NamedChord> chords_beside(const Document&, const TimeMap&, Id track, Tick from, Tick to);

// The name of a chord from how much each pitch class sounds and which is lowest; "" when it has none.
std::string name_chord(const double (&weight)[12], int lowest);

// The keys to play for a chord's name, close together around middle C with the root below them; none when it is no name.
std::vector<int> keys_of_chord(std::string_view name);

}  // namespace arietta
