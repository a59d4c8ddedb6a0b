#include "devices/phaser.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/denormal.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::phaser;

constexpr int kFilters[] = {2, 4, 6, 8, 12};   // by the choice of notches
constexpr float kMostOctaves = 2.5f;           // up and down from the centre
constexpr float kSideApart = 0.5f;             // turns between the sides at full width
constexpr float kMemorySeconds = 0.05f;

}  // namespace

bool Phaser::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Phaser::reset() {
  knobs_.settle();
  movement_.reset();
  for (f32x4& state : states_) state = 0;
  fed_ = 0;
  coefficient_ = coefficient();
  feedback_ = knobs_.now(p::feedback);
  mix_ = knobs_.now(p::mix);
  stages_ = knobs_.now(p::stages);
  afterglow_.reset();
}

f32x4 Phaser::coefficient() const {
  const float apart = kSideApart * knobs_.now(p::width), octaves = kMostOctaves * knobs_.now(p::depth);
  const f32x4 turns = f32x4(movement_.phase()) + f32x4(0, apart, 0, apart);
  const f32x4 hz = f32x4(knobs_.now(p::centre_hz)) * fast_exp2(f32x4(octaves) * sine_of_turns(turns));
  const f32x4 g = tan_of_half_turns(clamp(hz * f32x4(1 / sample_rate_), f32x4(0.0005f), f32x4(0.45f)));
  return (g - f32x4(1)) / (g + f32x4(1));
}

void Phaser::sweep(Block wet) {
  const f32x4 to = coefficient(), step = (to - coefficient_) * f32x4(1 / float(wet.frames));
  const Ramp feedback(feedback_, knobs_.now(p::feedback), wet.frames), stages(stages_, knobs_.now(p::stages), wet.frames);
  f32x4 c = coefficient_, fed = fed_;
  for (int i = 0; i < wet.frames; i += 4) {
    f32x4 frames[4] = {f32x4::load(wet.left + i), f32x4::load(wet.right + i), f32x4(0), f32x4(0)};
    transpose(frames[0], frames[1], frames[2], frames[3]);
    for (int k = 0; k < 4 && i + k < wet.frames; ++k) {
      c += step;
      const float stage = stages.at(i + k);                   // between two choices while it changes
      const int choice = int(stage) < 3 ? int(stage) : 3;
      f32x4 x = frames[k] + f32x4(feedback.at(i + k)) * fed, shorter = x;
      for (int filter = 0; filter < kFilters[choice + 1]; ++filter) {
        if (filter == kFilters[choice]) {
          shorter = x;
          if (stage == float(choice)) break;
        }
        const f32x4 y = c * x + states_[filter];
        states_[filter] = x - c * y;
        x = y;
      }
      frames[k] = fed = lerp(shorter, x, f32x4(stage - float(choice)));
    }
    transpose(frames[0], frames[1], frames[2], frames[3]);
    frames[0].store(wet.left + i);
    frames[1].store(wet.right + i);
  }
  coefficient_ = to;
  fed_ = flush_denormal(fed);
  for (f32x4& state : states_) state = flush_denormal(state);
}

Activity Phaser::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  const float speed = movement_.speed(knobs_.now(p::sync) >= 0.5f, knobs_.now(p::rate_hz), knobs_.now(p::note));
  movement_.advance(speed * float(io.frames) / sample_rate_);
  BlockRoom room;
  const Block wet = room.copy_of(io);
  sweep(wet);
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
