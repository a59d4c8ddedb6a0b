// The notes of a track in song time, flat and sorted by start, so that a view draws what is visible by binary search
// instead of walking the song. Built anew only when the document changed.   All [main].
#pragma once
#include <unordered_map>
#include <vector>

#include "ui/app.h"

namespace arietta::ui {

struct SongNote {
  Id id;
  Tick start, end;                    // song time
  int16_t key;
  uint8_t velocity;
  uint8_t author;                     // as in the schema; 255 when larger
  bool edited;
};

struct TrackNotes {
  std::vector<SongNote> notes;        // by start, then key
  Tick longest = 0;                   // how far before a range a note may begin and still reach into it
  int lowest_key = 127, highest_key = 0;

  // Those that may touch [from, to): a contiguous run, all of which begin before `to`. Its first members may end
  // before `from` and are the caller's to skip.
  span<const SongNote> near(Tick from, Tick to) const;
};

class NoteIndex {
 public:
  // Valid until the song changes.
  const TrackNotes& of(const App& app, Id track);

 private:
  const App* app_ = nullptr;
  uint64_t revision_ = 0;
  std::unordered_map<Id, TrackNotes> tracks_;
};

}  // namespace arietta::ui
