#include "devices/width.h"

#include "base/mathx.h"
#include "dsp/clean.h"
#include "dsp/denormal.h"
#include "dsp/stereo.h"

namespace arietta {
namespace {

namespace p = param::width;

constexpr float kDiffuserSeconds[] = {0.0053f, 0.0089f, 0.0131f};   // no common divisor; short enough not to be an echo
constexpr float kDiffusion = 0.4f;             // more, and one side becomes louder than the other
constexpr float kSpreadLevel = 0.8f;           // full: the sides nearly as loud as the middle
constexpr float kSpreadAboveHz = 150;         // what is spread lower down makes a bass weak
constexpr float kSwitchOctaves = 0.3f;         // from the end of its range, so far the cut is faded in
constexpr float kMemorySeconds = 0.05f;

}  // namespace

bool Width::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  for (int i = 0; i < kDiffusers; ++i) {
    const int frames = int(kDiffuserSeconds[i] * sample_rate_);
    diffusers_[i].delay = frames < kMaxBlock + 4 ? kMaxBlock + 4 : frames;
    if (!diffusers_[i].line.prepare(arena, diffusers_[i].delay)) return false;
  }
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Width::reset() {
  knobs_.settle();
  for (auto& diffuser : diffusers_) diffuser.line.reset();
  aim();
  cut_.jump();
  cut_.clear();
  gains_ = gains();
  spread_low_ = 0;
  afterglow_.reset();
}

void Width::aim() {
  const float on = clampf(std::log2(knobs_.now(p::bass_mono_hz) / 20) / kSwitchOctaves, 0, 1);
  cut_.aim(faded(low_cut(double(knobs_.now(p::bass_mono_hz)) / double(sample_rate_), 0.7071068), on), {});
}

Width::Gains Width::gains() const {
  const float level = db_to_gain(knobs_.now(p::level_db)), balance = knobs_.now(p::balance);
  return {knobs_.now(p::width), knobs_.now(p::spread) * kSpreadLevel, level * clampf(1 - balance, 0, 1), level * clampf(1 + balance, 0, 1)};
}

void Width::diffuse(float* samples, int frames) {
  const float reach = 1 - std::exp(-2 * kPi * kSpreadAboveHz / sample_rate_);
  for (int i = 0; i < frames; ++i) {
    spread_low_ += (samples[i] - spread_low_) * reach;
    samples[i] -= spread_low_;
  }
  spread_low_ = flush_denormal(spread_low_);
  for (auto& diffuser : diffusers_) {
    const float* past = diffuser.line.past(diffuser.delay);
    alignas(16) float into[kMaxBlock];
    for (int i = 0; i < frames; i += 4) {
      const f32x4 delayed = f32x4::load(past + i);
      const f32x4 fed = f32x4::load(samples + i) + f32x4(kDiffusion) * delayed;
      (delayed - f32x4(kDiffusion) * fed).store(samples + i);
      fed.store(into + i);
    }
    diffuser.line.write(into, frames);
  }
}

Activity Width::render(Block io) {
  const float in = clean_input(io);
  if (knobs_.advance(io.frames)) aim();
  const Gains to = gains();
  const Ramp side(gains_.side, to.side, io.frames), spread(gains_.spread, to.spread, io.frames);
  const Ramp left(gains_.left, to.left, io.frames), right(gains_.right, to.right, io.frames);

  BlockRoom sides;
  alignas(16) float middle[kMaxBlock];
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 l = f32x4::load(io.left + i), r = f32x4::load(io.right + i);
    (f32x4(0.5f) * (l - r)).store(sides.left + i);
    (f32x4(0.5f) * (l + r)).store(sides.right + i);
    (f32x4(0.5f) * (l + r)).store(middle + i);
  }
  diffuse(sides.right, io.frames);
  cut_.process({sides.left, sides.right, io.frames});
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 m = f32x4::load(middle + i);
    const f32x4 s = f32x4::load(sides.left + i) * side.four_at(i) + f32x4::load(sides.right + i) * spread.four_at(i);
    ((m + s) * left.four_at(i)).store(io.left + i);
    ((m - s) * right.four_at(i)).store(io.right + i);
  }
  const Activity activity = afterglow_.heard(in, loudest(io), io.frames, kMemorySeconds * sample_rate_);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
