// The melodies a person wrote on this device, for "like me": a list that the page keeps as text and that goes to the model
// with a question, nowhere else. Bounded: the oldest go first. Melody ticks, 24 per quarter.   [main]
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "assist/melody.h"
#include "song/document.h"

namespace arietta::ui {

class OwnMelodies {
 public:
  static constexpr size_t kMostMelodies = 64, kMostNotes = 4000, kLongest = 400, kShortest = 8;

  // What was kept: [[[onset,duration,pitch],...],...]. What is no melody in it is left out.
  void read(std::string_view json);
  std::string json() const;                              // "[]" when there is nothing

  // Takes the lines of those notes that are the person's own: not imported, not by a model, written since the song was
  // opened (ids from `first_own` on). A longer or changed state of a melody takes its place. True when something is new.
  bool learn(const Document& song, Id first_own);
  void forget() { melodies_.clear(); }

  size_t melodies() const { return melodies_.size(); }
  size_t notes() const;

 private:
  bool add(Melody melody);

  std::vector<Melody> melodies_;                         // oldest first
};

}  // namespace arietta::ui
