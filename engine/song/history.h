// Undo and redo as groups of ops: one gesture, one step. The inverses are applied as new ops, so undo stays
// right while other people edit the same song.
#pragma once
#include <deque>
#include <map>
#include <string>

#include "song/document.h"

namespace arietta {

class History {
 public:
  static constexpr size_t kMaxSteps = 500;


  explicit History(Document& document) : document_(document) {}

  // Applies ops as one step named `label` ("Move 3 notes"). Inside begin/end, all ops join one step. [main]
  void apply(const Ops& ops, std::string_view label);
  void begin(std::string_view label);
  void end();
  bool in_group() const { return depth_ > 0; }

  bool can_undo() const;
  bool can_redo() const;
  bool undo();                                   // false: nothing to undo
  bool redo();
  std::string_view undo_label() const;           // "" when there is none
  std::string_view redo_label() const;
  void clear();

 private:
  // What puts one field back, and the stamp our edit had: if somebody else wrote the field since, it is theirs and
  // undo leaves it alone.
  struct Change { Op inverse; Stamp written; };
  struct Step { std::string label; std::vector<Change> changes; };

  void record(const Op&, Step&);
  bool step_back(std::deque<Step>& from, std::deque<Step>& to);
  void push(std::deque<Step>&, Step);
  Stamp stamp_of(const Op&) const;

  Document& document_;
  std::deque<Step> undo_, redo_;
  Step open_;
  std::map<std::pair<Id, FieldKey>, size_t> open_index_;   // where in open_ a field's change is
  int depth_ = 0;
};

}  // namespace arietta
