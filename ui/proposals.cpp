#include "ui/proposals.h"

#include <algorithm>

#include "base/hash.h"

namespace arietta::ui {
namespace {

// Notes of the track, and where bars begin. Knobs, names, tempo and other tracks may change under a suggestion.
uint64_t ground_of(const Document& song, Id track) {
  Hash64 hash;
  const Entity* entity = song.find(track);
  hash.number(entity && entity->alive());
  for (const Id clip : song.children(track, Kind::clip)) hash.number(song.content_hash(clip));
  for (const Id meter : song.children(kSongId, Kind::meter)) hash.number(song.content_hash(meter));
  return hash.value();
}

}  // namespace

const Suggestion* Proposals::suggestion() const {
  return state_ == HelpState::kOffered ? &answer_.suggestions[size_t(chosen_)] : nullptr;
}

const Document& Proposals::preview(const Document& song) {
  preview_.emplace(song);
  if (const Suggestion* chosen = suggestion())
    for (Op& op : suggestion_ops(*preview_, place_, *chosen, answer_.model)) preview_->apply(std::move(op));
  return *preview_;
}

bool Proposals::fits(const Document& song) const { return asked_about_ == ground_of(song, place_.track); }

void Proposals::ask(const Document& song, HelpPlace place, std::string id) {
  clear();
  asked_about_ = ground_of(song, place.track);
  place_ = std::move(place);
  id_ = std::move(id);
  state_ = HelpState::kAsking;
}

void Proposals::progress(double fraction, std::string_view text) {
  if (state_ != HelpState::kAsking) return;
  fraction_ = fraction >= 0 ? std::min(fraction, 1.0) : 0;
  text_ = text;
}

void Proposals::offer(HelpAnswer answer) {
  answer_ = std::move(answer);
  state_ = HelpState::kOffered;
  chosen_ = 0;
  text_.clear();
  ++serial_;
}

void Proposals::fail(std::string_view why) {
  clear();
  state_ = HelpState::kFailed;
  text_ = why;
}

void Proposals::choose(int suggestion) {
  if (state_ != HelpState::kOffered) return;
  chosen_ = std::clamp(suggestion, 0, int(answer_.suggestions.size()) - 1);
  ++serial_;
}

void Proposals::clear() {
  state_ = HelpState::kIdle;
  answer_ = {};
  place_ = {};
  id_.clear();
  text_.clear();
  fraction_ = 0;
  chosen_ = 0;
  listening_ = false;
  preview_.reset();
  ++serial_;
}

}  // namespace arietta::ui
