#include "song/history.h"

#include <algorithm>

namespace arietta {

void History::begin(std::string_view label) {
  if (depth_++ == 0) open_.label = label;
}

void History::apply(const Ops& ops, std::string_view label) {
  begin(label);
  for (const Op& op : ops) record(op, open_);
  end();
}

void History::end() {
  if (depth_ == 0 || --depth_ > 0) return;
  if (!open_.changes.empty()) {
    push(undo_, std::move(open_));
    redo_.clear();
  }
  open_ = {};
  open_index_.clear();
}

bool History::can_undo() const { return depth_ == 0 && !undo_.empty(); }
bool History::can_redo() const { return depth_ == 0 && !redo_.empty(); }
bool History::undo() { return can_undo() && step_back(undo_, redo_); }
bool History::redo() { return can_redo() && step_back(redo_, undo_); }
std::string_view History::undo_label() const { return undo_.empty() ? std::string_view() : undo_.back().label; }
std::string_view History::redo_label() const { return redo_.empty() ? std::string_view() : redo_.back().label; }

void History::clear() {
  undo_.clear();
  redo_.clear();
  open_ = {};
  open_index_.clear();
  depth_ = 0;
}

Stamp History::stamp_of(const Op& op) const {
  const Entity* entity = document_.find(op.entity);
  if (!entity) return 0;
  for (const Field& field : entity->fields)
    if (field.key == op.field) return field.stamp;
  return 0;
}

// Of a field that changes a hundred times in one drag, only the value before the first counts.
void History::record(const Op& op, Step& step) {
  Op inverse;
  if (!document_.apply(op, &inverse)) return;
  const auto [at, is_new] = open_index_.try_emplace({op.entity, op.field}, step.changes.size());
  if (is_new) step.changes.push_back({std::move(inverse), stamp_of(op)});
  else step.changes[at->second].written = stamp_of(op);
}

bool History::step_back(std::deque<Step>& from, std::deque<Step>& to) {
  Step step = std::move(from.back());
  from.pop_back();
  Step back{std::move(step.label), {}};
  for (auto change = step.changes.rbegin(); change != step.changes.rend(); ++change) {
    const Stamp now = stamp_of(change->inverse);
    const bool someone_else_since = now > change->written && (now & 0xffffff) != document_.actor();
    Op inverse;
    if (someone_else_since || !document_.apply(change->inverse, &inverse)) continue;
    back.changes.push_back({std::move(inverse), stamp_of(change->inverse)});
  }
  push(to, std::move(back));
  return true;
}

void History::push(std::deque<Step>& steps, Step step) {
  steps.push_back(std::move(step));
  if (steps.size() > kMaxSteps) steps.pop_front();
}

}  // namespace arietta
