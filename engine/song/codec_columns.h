// One field of many entities as a run of bytes. What is written is not the values but how far each is from a guess;
// the form says how to guess. A good guess makes equal music equal bytes, and those are what deflate folds together.
//
// Rows stand in groups, one per parent (the notes of one clip); guesses start anew in each group, so a clip that is
// repeated repeats its bytes.   [main]
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "song/number_coder.h"
#include "song/schema.h"

namespace arietta {

// Numbers are written into links and files: append only.
enum class Form : uint8_t {
  same = 0,        // all rows have one value
  ordinal = 1,     // 0, 1, 2... in each group, plus a base
  plain = 2,       // from 0, never below
  signed_ = 3,     // from 0
  delta = 4,       // from the row before
  rising = 5,      // from the row before, never below
  above = 6,       // from the same place in the group before
  to_next = 7,     // note lengths: from the time until the next onset
  melody = 8,      // note keys: from the note before, in steps of the scale the song uses
  chord = 9,       // the same, but a chord's lowest note from the last chord's lowest note
  per_key = 10,    // note velocities: from the last note of the same key
  text = 11,
  decimal = 12,    // reals with few decimals; others in between as four bytes
  f64 = 13,        // eight bytes each
  some = 14,       // only some rows have a value: which, and then their values in another form
  coded = 15,      // another form whose differences stand in the arithmetic-coded part at the end
};

struct Group {
  uint32_t parent_row, first, count;
};

// What guesses may look at besides the column itself.
struct Surroundings {
  span<const Group> groups;
  int64_t before_first = 0;                       // stands for "the row before" at the start of a group
  const std::vector<int64_t>* starts = nullptr;   // of notes; earlier columns of the same rows
  const std::vector<int64_t>* keys = nullptr;
  const std::vector<int64_t>* group_ends = nullptr;   // length of each group's clip, one per group
};

// How whole numbers are written. `unit` divides the differences; for melody and chord it is instead the set of pitch
// classes that count as steps (bit 0 = C), 0 for all twelve.
struct Choice {
  Form form = Form::plain;
  uint64_t unit = 1;
  bool operator==(const Choice&) const = default;
};

// The ways worth trying for a column, the likeliest shortest first.
std::vector<Choice> int_choices(Kind kind, FieldKey key, const std::vector<int64_t>& values, const Surroundings&);

// What is left of the values after guessing, divided and folded to whole numbers from 0; and the values again, taking
// those numbers from `next`. Not for same and ordinal. Reading gives nothing when the form cannot be used here.
std::vector<uint64_t> fold_ints(const std::vector<int64_t>& values, const Surroundings&, Choice);
std::vector<int64_t> unfold_ints(const std::function<uint64_t()>& next, Choice, size_t count, const Surroundings&);

// As bytes, one after the other. The reader fails when bytes are missing or make no sense.
void write_ints(ByteWriter&, const std::vector<int64_t>& values, const Surroundings&, Choice);
std::vector<int64_t> read_ints(ByteReader&, Form, size_t count, const Surroundings&);

// What the arithmetic coder may look at beside a column of notes.
std::vector<Hints> hints_for(Kind kind, FieldKey key, size_t count, const Surroundings&);

Form real_form(const std::vector<double>& values);
void write_reals(ByteWriter&, const std::vector<double>& values, Form);
std::vector<double> read_reals(ByteReader&, Form, size_t count);

}  // namespace arietta
