#include "devices/crusher.h"

#include "base/mathx.h"
#include "dsp/clean.h"

namespace arietta {
namespace {

namespace p = param::crusher;

constexpr float kPassShare = 0.42f;            // of the slow rate, what the filters let pass
constexpr double kGentleQ = 0.5411961, kSteepQ = 1.3065630;   // together a Butterworth filter of the fourth order
constexpr float kFadeSeconds = 0.03f;          // from one number of bits to another
constexpr float kMemorySeconds = 0.02f;        // several samples of the slowest clock

// Steps with one at nothing: silence stays silence.
f32x4 rounded(f32x4 in, float steps) { return floor(in * f32x4(steps) + f32x4(0.5f)) * f32x4(1 / steps); }

}  // namespace

bool Crusher::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Crusher::reset() {
  knobs_.settle();
  aim();
  for (StereoFilterPair* pair : {&before_, &after_}) {
    pair->jump();
    pair->clear();
  }
  due_ = 1;
  held_[0] = held_[1] = 0;
  steps_ = next_steps_ = std::exp2(knobs_.now(p::bits) - 1);
  arrival_.jump(1);
  level_ = db_to_gain(knobs_.now(p::level_db));
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

void Crusher::aim() {
  const double turns = double(kPassShare * knobs_.now(p::rate_hz) / sample_rate_);
  const float amount = knobs_.now(p::smooth);
  for (StereoFilterPair* pair : {&before_, &after_}) pair->aim(faded(high_cut(turns, kGentleQ), amount), faded(high_cut(turns, kSteepQ), amount));
}

void Crusher::crush(Block wet) {
  const float clock = std::fmin(knobs_.now(p::rate_hz) / sample_rate_, 1);
  for (int i = 0; i < wet.frames; ++i) {
    due_ += clock;
    if (due_ >= 1) {
      due_ -= 1;
      held_[0] = wet.left[i];
      held_[1] = wet.right[i];
    }
    wet.left[i] = held_[0];
    wet.right[i] = held_[1];
  }
  if (!arrival_.moving()) {                                    // the depths in between would be heard as clicks
    steps_ = next_steps_;
    next_steps_ = std::exp2(knobs_.now(p::bits) - 1);
    arrival_.jump(0);
    if (steps_ != next_steps_) arrival_.to(1, kFadeSeconds * sample_rate_);
  }
  for (int i = 0; i < wet.frames; i += 4) {
    for (float* side : {wet.left, wet.right}) {
      const f32x4 in = f32x4::load(side + i);
      const f32x4 now = rounded(in, steps_);
      (steps_ == next_steps_ ? now : lerp(now, rounded(in, next_steps_), arrival_.four_at(i))).store(side + i);
    }
  }
  arrival_.advance(wet.frames);
}

Activity Crusher::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  BlockRoom room;
  const Block wet = room.copy_of(io);
  before_.process(wet);
  crush(wet);
  after_.process(wet);
  scale(wet, Ramp(level_, db_to_gain(knobs_.now(p::level_db)), io.frames));
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
