#include "devices/reverb.h"

namespace arietta {
namespace {

namespace p = param::reverb;

constexpr float kOff = -60;
constexpr float kInaudible = 1e-5f;            // -100 dB
constexpr float kLongestPathSeconds = 0.35f;   // pre-delay and the longest loop: silent so long, silent for good
constexpr float kWaitFadeSeconds = 0.05f;

float level_gain(float db) { return db <= kOff ? 0 : db_to_gain(db); }

}  // namespace

bool Reverb::prepare(const AudioSpec& spec, Arena& arena) {
  sample_rate_ = spec.sample_rate;
  const int longest = int(find_param(DeviceKind::reverb, p::pre_delay_s)->max * sample_rate_) + kMaxBlock;
  if (!before_[0].prepare(arena, longest) || !before_[1].prepare(arena, longest)) return false;
  if (!room_.prepare(arena, sample_rate_)) return false;
  decay_.jump(std::log2(params_[p::decay_s]));
  tone_.jump(std::log2(params_[p::tone_hz]));
  level_.jump(level_gain(params_[p::level_db]));
  mix_.jump(params_[p::mix]);
  reset();
  return true;
}

void Reverb::reset() {
  for (Glide* value : {&decay_, &tone_, &level_, &mix_}) value->jump(value->target());
  room_.set(std::exp2(decay_.value()), std::exp2(tone_.value()));
  room_.reset();
  for (DelayLine& line : before_) line.reset();
  wait_ = next_wait_ = wanted_wait();
  arrival_.jump(1);
  quiet_frames_ = 0;
}

int Reverb::wanted_wait() const { return int(params_[p::pre_delay_s] * sample_rate_); }

void Reverb::set_param(uint16_t index, float plain) {
  if (!params_.set(index, plain)) return;
  const float frames = find_param(DeviceKind::reverb, index)->smoothing_ms * 0.001f * sample_rate_;
  switch (index) {
    case p::decay_s: decay_.to(std::log2(params_[p::decay_s]), frames); break;
    case p::tone_hz: tone_.to(std::log2(params_[p::tone_hz]), frames); break;
    case p::level_db: level_.to(level_gain(params_[p::level_db]), frames); break;
    case p::mix: mix_.to(params_[p::mix], frames); break;
    default: break;                            // the pre-delay is looked at when no fade is under way
  }
}

void Reverb::wait(float* samples, DelayLine& line, int frames) {
  line.write(samples, frames);
  const float* now = line.past(wait_ + frames);
  const float* then = line.past(next_wait_ + frames);
  for (int i = 0; i < frames; i += 4)
    lerp(f32x4::load(now + i), f32x4::load(then + i), arrival_.four_at(i)).store(samples + i);
}

Activity Reverb::render(Block io) {
  if (decay_.moving() || tone_.moving()) {
    decay_.advance(io.frames);
    tone_.advance(io.frames);
    room_.set(std::exp2(decay_.value()), std::exp2(tone_.value()));
  }
  if (!arrival_.moving()) {
    wait_ = next_wait_;
    next_wait_ = wanted_wait();
    arrival_.jump(0);
    if (wait_ != next_wait_) arrival_.to(1, kWaitFadeSeconds * sample_rate_);
  }

  f32x4 loudest(0);
  alignas(16) float dry[2][kMaxBlock];
  for (float* side : {io.left, io.right}) {
    for (int i = 0; i < io.frames; i += 4) {
      const f32x4 in = f32x4::load(side + i);
      const f32x4 good = clamp(select(is_finite(in), in, f32x4(0)), f32x4(-100), f32x4(100));
      loudest = max(abs(good), loudest);
      good.store(side + i);
      good.store(dry[side == io.right] + i);
    }
  }
  wait(io.left, before_[0], io.frames);
  wait(io.right, before_[1], io.frames);
  arrival_.advance(io.frames);
  room_.process(io);
  for (float* side : {io.left, io.right}) {
    for (int i = 0; i < io.frames; i += 4) {
      const f32x4 wet = f32x4::load(side + i);
      loudest = max(abs(wet), loudest);
      lerp(f32x4::load(dry[side == io.right] + i), wet * level_.four_at(i), mix_.four_at(i)).store(side + i);
    }
  }
  level_.advance(io.frames);
  mix_.advance(io.frames);

  quiet_frames_ = any(loudest > f32x4(kInaudible)) ? 0 : quiet_frames_ + io.frames;
  if (float(quiet_frames_) < kLongestPathSeconds * sample_rate_) return Activity::kTail;
  room_.reset();
  for (DelayLine& line : before_) line.reset();
  quiet_frames_ = 0;
  return Activity::kAsleep;
}

}  // namespace arietta
