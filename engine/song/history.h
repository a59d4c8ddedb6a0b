// Undo and redo as groups of ops: one gesture, one step. The inverses are applied as new ops, so undo stays
// right while other people edit the same song.
#pragma once
#include <deque>
#include <string>

#include "song/document.h"

namespace arietta {

class History {
 public:
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
  struct Step { std::string label; Ops inverse; };
  Ops play(const Ops& ops);                      // applies, returns inverses in reverse order

  Document& document_;
  std::deque<Step> undo_, redo_;                 // at most kMaxSteps each
  Step open_;
  int depth_ = 0;
};

}  // namespace arietta
