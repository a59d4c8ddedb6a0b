#include "devices/drive.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/denormal.h"
#include "dsp/fastmath.h"

namespace arietta {
namespace {

namespace p = param::drive;

constexpr float kSwitchOctaves = 0.3f;         // from the end of their ranges, so far the filters are faded in
constexpr float kConstantHz = 8;               // below: an offset, no sound
constexpr float kMemorySeconds = 0.06f;
constexpr float kLean = 0.5f;                  // how far the tube is off its middle
constexpr float kLeanTanh = 0.46211716f, kLeanScale = 1.2715f;   // tanh(kLean), and 1 over the slope there

// Each curve has slope 1 or 2 in the middle and no corner anywhere: its overtones fade like a geometric series.
inline f32x4 curve(int shape, f32x4 x) {
  switch (shape) {
    case 0: return fast_tanh(x);                                              // warm
    case 1: return f32x4(kLeanScale) * (fast_tanh(x + f32x4(kLean)) - f32x4(kLeanTanh));   // tube: even overtones too
    case 2: return x / sqrt(f32x4(1) + x * x);                                // tape: gives way earlier
    case 3: return sine_of_turns(x * f32x4(0.25f));                           // fold: turns back, again and again
    default: {                                                                // fuzz: hard and lopsided
      const f32x4 t = fast_tanh(x + x);
      return t - f32x4(0.35f) * t * t;
    }
  }
}

template <int kShape>
void bend(float* half, int count, const Ramp& gain) {
  for (int i = 0; i < count; i += 4) curve(kShape, f32x4::load(half + i) * gain.four_at(i)).store(half + i);
}
constexpr decltype(&bend<0>) kBends[] = {bend<0>, bend<1>, bend<2>, bend<3>, bend<4>};

// Between a curve and the next one while the choice changes.
void bend_between(float* half, int count, const Ramp& gain, const Ramp& shape) {
  for (int i = 0; i < count; i += 4) {
    const f32x4 x = f32x4::load(half + i) * gain.four_at(i);
    const int from = shape.at(i) < 3 ? int(shape.at(i)) : 3;
    lerp(curve(from, x), curve(from + 1, x), f32x4(shape.at(i) - float(from))).store(half + i);
  }
}

// Softer by half of the decibels it was driven: a medium loud sound stays as loud as it was.
float made_up(float drive_db) { return db_to_gain(-0.5f * drive_db); }

}  // namespace

bool Drive::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  for (DelayLine& line : dry_)
    if (!line.prepare(arena, latency_frames() + kMaxBlock)) return false;
  // A guitar loudspeaker in its box: nothing below its resonance, a hump there, a scoop, a bark, and little above 5 kHz.
  const auto turns = [&](double hz) { return hz / double(sample_rate_); };
  speaker_[0].aim(low_cut(turns(75), 0.8), bell(turns(110), 1, 3));
  speaker_[1].aim(bell(turns(420), 1.5, -4), bell(turns(2600), 1, 5));
  speaker_[2].aim(high_cut(turns(4600), 1), high_cut(turns(5200), 0.6));
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Drive::reset() {
  knobs_.settle();
  aim();
  for (StereoFilterPair* pair : {&tight_, &tone_, &speaker_[0], &speaker_[1], &speaker_[2]}) {
    pair->jump();
    pair->clear();
  }
  for (int side = 0; side < 2; ++side) {
    oversamplers_[side].reset();
    dry_[side].reset();
    constant_[side] = 0;
  }
  gain_ = db_to_gain(knobs_.now(p::drive_db));
  level_ = made_up(knobs_.now(p::drive_db)) * db_to_gain(knobs_.now(p::level_db));
  shape_ = knobs_.now(p::shape);
  cabinet_ = knobs_.now(p::cabinet);
  mix_ = knobs_.now(p::mix);
  afterglow_.reset();
}

void Drive::aim() {
  const float tight_hz = knobs_.now(p::tight_hz), tone_hz = knobs_.now(p::tone_hz);
  const float tight = clampf(std::log2(tight_hz / 20) / kSwitchOctaves, 0, 1);
  const float dull = clampf(std::log2(20000 / tone_hz) / kSwitchOctaves, 0, 1);
  tight_.aim(faded(low_cut(double(tight_hz / sample_rate_), 0.7071068), tight), {});
  tone_.aim(faded(high_cut(double(tone_hz / sample_rate_), 0.7071068), dull), {});
}

void Drive::distort(Block wet) {
  const int count = 4 * wet.frames;            // frames in each half of the eightfold rate
  const float shape_from = shape_;
  const Ramp gain(gain_, db_to_gain(knobs_.now(p::drive_db)), count);
  const Ramp shape(shape_, knobs_.now(p::shape), count);
  const bool changing = shape_ != shape_from;
  float* const sides[2] = {wet.left, wet.right};
  for (int side = 0; side < 2; ++side) {
    alignas(16) float halves[2][Oversampler::kMost];
    oversamplers_[side].up(sides[side], halves[0], halves[1], wet.frames);
    for (float* half : halves) {
      if (changing) bend_between(half, count, gain, shape);
      else kBends[int(shape_)](half, count, gain);
    }
    oversamplers_[side].down(halves[0], halves[1], sides[side], wet.frames);
    const float reach = 1 - std::exp(-2 * kPi * kConstantHz / sample_rate_);
    float constant = constant_[side];
    for (int i = 0; i < wet.frames; ++i) {
      constant += (sides[side][i] - constant) * reach;
      sides[side][i] -= constant;
    }
    constant_[side] = flush_denormal(constant);
  }
}

void Drive::speak(Block wet) {
  const float from = cabinet_;
  const Ramp amount(cabinet_, knobs_.now(p::cabinet), wet.frames);
  if (from == 0 && cabinet_ == 0) return;
  BlockRoom room;
  const Block spoken = room.copy_of(wet);
  for (StereoFilterPair& pair : speaker_) pair.process(spoken);
  blend(wet, spoken, amount);
}

Activity Drive::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  BlockRoom room;
  const Block wet = room.copy_of(io);
  tight_.process(wet);
  distort(wet);
  speak(wet);
  tone_.process(wet);
  scale(wet, Ramp(level_, made_up(knobs_.now(p::drive_db)) * db_to_gain(knobs_.now(p::level_db)), io.frames));

  float* const sides[2] = {io.left, io.right};
  for (int side = 0; side < 2; ++side) {       // the sound as it came waits for the other one
    dry_[side].write(sides[side], io.frames);
    const float* past = dry_[side].past(latency_frames() + io.frames);
    for (int i = 0; i < io.frames; i += 4) f32x4::load(past + i).store(sides[side] + i);
  }
  blend(io, wet, Ramp(mix_, knobs_.now(p::mix), io.frames));
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
