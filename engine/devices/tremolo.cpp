#include "devices/tremolo.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::tremolo;

constexpr float kSoftest = 0.3f, kHardest = 9;   // of the tanh that squares the sine; the edge still takes a 20th of a turn
constexpr float kMemorySeconds = 0.01f;

float hardness(float knob) { return kSoftest * std::pow(kHardest / kSoftest, knob); }

}  // namespace

bool Tremolo::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Tremolo::reset() {
  knobs_.settle();
  movement_.reset();
  depth_ = knobs_.now(p::depth);
  hardness_ = hardness(knobs_.now(p::hardness));
  apart_ = knobs_.now(p::sides);
  afterglow_.reset();
}

Activity Tremolo::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  const float turns = movement_.speed(knobs_.now(p::sync) >= 0.5f, knobs_.now(p::rate_hz), knobs_.now(p::note)) / sample_rate_;
  const Ramp depth(depth_, knobs_.now(p::depth), io.frames), apart(apart_, knobs_.now(p::sides), io.frames);
  const Ramp hard(hardness_, hardness(knobs_.now(p::hardness)), io.frames);
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 phase = f32x4(movement_.phase() + 0.25f) + f32x4(turns) * (lane_numbers() + f32x4(float(i)));
    const f32x4 edge = hard.four_at(i), swing = f32x4(0.5f) / fast_tanh(edge);
    for (int side = 0; side < 2; ++side) {
      const f32x4 wave = sine_of_turns(side ? phase + f32x4(0.5f) * apart.four_at(i) : phase);
      const f32x4 down = f32x4(0.5f) - swing * fast_tanh(edge * wave);          // 0 loud to 1 soft
      const f32x4 gain = sine_of_turns(f32x4(0.25f) - f32x4(0.25f) * depth.four_at(i) * down);
      float* line = side ? io.right : io.left;
      (f32x4::load(line + i) * gain).store(line + i);
    }
  }
  movement_.advance(turns * float(io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
