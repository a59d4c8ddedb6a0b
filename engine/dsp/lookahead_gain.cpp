#include "dsp/lookahead_gain.h"

#include <cmath>

namespace arietta {

bool LookaheadGain::prepare(Arena& arena, int window, int hold, float release_s, float sample_rate) {
  average_frames_ = window / 2 + 1;
  release_ = 1 - std::exp(-1 / (release_s * sample_rate));
  waiting_ = arena.array<Candidate>(size_t(latency() + hold + 1));
  first_average_.values = arena.array<uint32_t>(size_t(average_frames_));
  second_average_.values = arena.array<uint32_t>(size_t(average_frames_));
  if (waiting_.empty() || first_average_.values.empty() || second_average_.values.empty()) return false;
  reset();
  return true;
}

void LookaheadGain::reset() {
  first_ = count_ = 0;
  frame_ = 0;
  first_average_.reset();
  second_average_.reset();
  released_ = 1;
}

// The smallest need of the last latency() + hold + 1 frames.
float LookaheadGain::held_minimum(float needed) {
  const int room = int(waiting_.size());
  if (count_ > 0 && frame_ - waiting_[size_t(first_)].frame >= uint32_t(room)) {
    first_ = (first_ + 1) % room;
    --count_;
  }
  while (count_ > 0 && waiting_[size_t((first_ + count_ - 1) % room)].needed >= needed) --count_;
  waiting_[size_t((first_ + count_) % room)] = {needed, frame_};
  ++count_;
  ++frame_;
  return waiting_[size_t(first_)].needed;
}

float LookaheadGain::next(float needed) {
  const float goal = held_minimum(needed);
  released_ = goal < released_ ? goal : released_ + (goal - released_) * release_;
  const uint32_t smooth = second_average_.next(first_average_.next(uint32_t(released_ * kOne)));
  return float(smooth) / kOne;
}

bool LookaheadGain::at_rest() const {
  const Fixed full = Fixed(kOne) * Fixed(average_frames_);
  return released_ == 1 && count_ == 1 && waiting_[size_t(first_)].needed == 1 && first_average_.sum == full && second_average_.sum == full;
}

void LookaheadGain::skip(int frames) {
  frame_ += uint32_t(frames);
  waiting_[size_t(first_)].frame = frame_ - 1;
}

uint32_t LookaheadGain::Average::next(uint32_t value) {
  sum = sum + value - values[size_t(at)];
  values[size_t(at)] = value;
  if (++at == int(values.size())) at = 0;
  return uint32_t(double(sum) / double(values.size()));      // exact, and a third of what dividing integers costs
}

void LookaheadGain::Average::reset() {
  for (uint32_t& value : values) value = uint32_t(kOne);
  sum = Fixed(kOne) * values.size();
  at = 0;
}

}  // namespace arietta
