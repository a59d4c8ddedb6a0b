#include "devices/chorus.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::chorus;

constexpr float kMostSwing = 0.85f;            // of the delay: a copy never catches up with the sound
constexpr float kMostBend = 0.02f;             // 35 cents: however fast it turns, no copy is further out of tune
constexpr float kShare = 0.57735f;             // three copies that differ are as loud together as one
constexpr float kSideApart = 0.25f;            // turns between the sides at full width
constexpr float kLeast = 4;                    // frames: what the interpolation needs

}  // namespace

bool Chorus::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  const int longest = int(2 * find_param(DeviceKind::chorus, p::delay_s)->max * sample_rate_) + 2 * kMaxBlock;
  for (DelayLine& line : lines_)
    if (!line.prepare(arena, longest)) return false;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Chorus::reset() {
  knobs_.settle();
  movement_.reset();
  for (DelayLine& line : lines_) line.reset();
  for (int side = 0; side < 2; ++side)
    for (int voice = 0; voice < kVoices; ++voice) places_[side][voice] = place(side, voice);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

float Chorus::place(int side, int voice) const {
  const float delay_s = knobs_.now(p::delay_s), rate_hz = knobs_.now(p::rate_hz);
  const float swing_s = knobs_.now(p::depth) * std::fmin(kMostSwing * delay_s, kMostBend / (2 * kPi * rate_hz));
  const float turn = movement_.phase() + float(voice) / kVoices + float(side) * kSideApart * knobs_.now(p::width);
  return std::fmax((delay_s + swing_s * sine_of_turns(turn)) * sample_rate_, kLeast);
}

Activity Chorus::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  movement_.advance(knobs_.now(p::rate_hz) * float(io.frames) / sample_rate_);
  BlockRoom room;
  const Block wet{room.left, room.right, io.frames};
  for (int side = 0; side < 2; ++side) {
    const float* from = side ? io.right : io.left;
    float* to = side ? wet.right : wet.left;
    lines_[side].write(from, io.frames);
    for (int voice = 0; voice < kVoices; ++voice) {
      alignas(16) float copy[kMaxBlock];
      const float next = place(side, voice);
      read_swept(lines_[side], places_[side][voice], next, copy, io.frames, io.frames);
      places_[side][voice] = next;
      for (int i = 0; i < io.frames; i += 4) {
        const f32x4 share = f32x4::load(copy + i) * f32x4(kShare);
        (voice ? f32x4::load(to + i) + share : share).store(to + i);
      }
    }
  }
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const float memory = 2 * find_param(DeviceKind::chorus, p::delay_s)->max * sample_rate_;
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, memory);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
