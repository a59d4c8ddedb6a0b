#include "devices/flanger.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::flanger;

constexpr float kMostOctaves = 1.5f;           // up and down from the centre: 0.35 to 2.8 times
constexpr float kSideApart = 0.5f;             // turns between the sides at full width
constexpr float kLeast = 7;                    // frames: the loop is computed four frames at a time

// A comb rings up by 1 / (1 - feedback); this keeps the power of a wide sound.
float level(float feedback) { return std::sqrt(1 - feedback * feedback); }

}  // namespace

bool Flanger::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  const float longest_s = find_param(DeviceKind::flanger, p::delay_s)->max * std::exp2(kMostOctaves);
  for (DelayLine& line : lines_)
    if (!line.prepare(arena, int(longest_s * sample_rate_) + kMaxBlock)) return false;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Flanger::reset() {
  knobs_.settle();
  movement_.reset();
  for (DelayLine& line : lines_) line.reset();
  for (int side = 0; side < 2; ++side) places_[side] = place(side);
  feedback_ = knobs_.now(p::feedback);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

// Even steps of the ear, not of the clock: the sweep is as quick at the top as at the bottom.
float Flanger::place(int side) const {
  const float turn = movement_.phase() + float(side) * kSideApart * knobs_.now(p::width);
  const float octaves = kMostOctaves * knobs_.now(p::depth) * sine_of_turns(turn);
  return std::fmax(knobs_.now(p::delay_s) * fast_exp2(octaves) * sample_rate_, kLeast);
}

Activity Flanger::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  const float speed = movement_.speed(knobs_.now(p::sync) >= 0.5f, knobs_.now(p::rate_hz), knobs_.now(p::note));
  movement_.advance(speed * float(io.frames) / sample_rate_);
  const Ramp feedback(feedback_, knobs_.now(p::feedback), io.frames);
  const float loudness_from = level(feedback.at(-1)), loudness_step = (level(feedback_) - loudness_from) / float(io.frames);

  BlockRoom room;
  const Block wet{room.left, room.right, io.frames};
  for (int side = 0; side < 2; ++side) {
    const float* from = side ? io.right : io.left;
    float* to = side ? wet.right : wet.left;
    const float start = places_[side], step = (place(side) - start) / float(io.frames);
    for (int i = 0; i < io.frames; i += 4) {
      const int count = io.frames - i < 4 ? io.frames - i : 4;
      alignas(16) float copy[4], into[4];
      read_swept(lines_[side], start + step * float(i), start + step * float(i + 4), copy, 4);
      const f32x4 heard = f32x4::load(copy);
      (f32x4::load(from + i) + feedback.four_at(i) * heard).store(into);
      lines_[side].write(into, count);
      (heard * (f32x4(loudness_from) + f32x4(loudness_step) * (lane_numbers() + f32x4(float(i + 1))))).store(to + i);
    }
    places_[side] = start + step * float(io.frames);
  }
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const float memory = find_param(DeviceKind::flanger, p::delay_s)->max * 3 * sample_rate_;
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, memory);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
