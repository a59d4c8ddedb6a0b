// From a song to a question for the melody model and from its answer to edits of the song. Song times are ticks of 960 per
// quarter; the question counts 24 per quarter from `origin` (request.h).   [main]
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "assist/request.h"
#include "base/result.h"
#include "song/edit.h"

namespace arietta {

// What a person asks for, and where they are in the song.
struct HelpAsk {
  Task task = Task::kContinue;
  Id track = 0;
  std::vector<Id> selection;       // of one note: as if there were none, a click selects one
  Tick cursor = 0;
  int bars = 4;                    // to continue by
  std::string id;                  // comes back with the answer
  int samples = 3;
  uint32_t seed = 1;
  double adventurous = 0.5, busy = 0.5, like_me = 0;
  std::string memory;              // the person's own melodies: [[[onset,duration,pitch],...],...], "" = none
};

// Where the answer goes.
struct HelpPlace {
  Task task = Task::kContinue;
  Id track = 0;
  Tick origin = 0;                 // tick 0 of question and answer
  Tick start = 0, end = 0;         // the answer lies in [start, end)
  int shift = 0;                   // semitones that were added for the model: tracks far up or down
  int velocity = 100;              // of the notes around it
  std::vector<Id> replaced;        // notes that go when the answer comes
  std::string remark;              // what should be known about the question, in plain words; "" = nothing
};

struct SongRequest {
  std::string json;
  HelpPlace place;
};

// The error is a sentence for the person: why there is nothing to ask.
Result<SongRequest> make_request(const Document&, const HelpAsk&);

struct AnswerNote {
  Tick start = 0, length = 1;
  int key = 60, velocity = 0;      // 0: as the notes around it
};
struct AnswerChord { Tick start = 0, length = 1; std::string name; };
struct Suggestion {
  std::vector<AnswerNote> notes;   // song time
  std::vector<AnswerChord> chords;
};
struct HelpAnswer {
  std::vector<Suggestion> suggestions;   // at least one
  std::string model;                     // "arietta-melody 1"
  int copies_avoided = 0;
};

// Whatever the model or anything between says, what comes out lies in the place and on the keyboard.
Result<HelpAnswer> read_answer(std::string_view json, const HelpPlace&);

// Puts a suggestion into the song: takes out what it replaces, makes clips and tracks where there are none, and writes the
// model down as the notes' author.
Ops suggestion_ops(Document&, const HelpPlace&, const Suggestion&, std::string_view model);

}  // namespace arietta
