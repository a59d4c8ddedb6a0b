#include "devices/strip.h"

#include "dsp/pan.h"

namespace arietta {
namespace {

namespace p = param::strip;

static_assert(p::bus_4_db == p::reverb_db + Strip::kSends - 1);      // sends are numbered as their knobs

constexpr float kOff = -60;                    // the lowest step of a fader is silence

float fader_gain(float db) { return db <= kOff ? 0 : db_to_gain(db); }

}  // namespace

bool Strip::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  aim(0);
  reset();
  return true;
}

void Strip::reset() {
  for (Glide* gain : {&left_, &right_}) gain->jump(gain->target());
  for (Glide& gain : sends_) gain.jump(gain.target());
}

void Strip::set_param(uint16_t index, float plain) {
  if (params_.set(index, plain)) aim(find_param(DeviceKind::strip, index)->smoothing_ms * 0.001f * sample_rate_);
}

void Strip::aim(float frames) {
  const float gain = params_[p::mute] >= 0.5f ? 0 : fader_gain(params_[p::gain_db]);
  const PanGains pan = pan_gains(params_[p::pan]);
  left_.to(gain * pan.left, frames);
  right_.to(gain * pan.right, frames);
  for (int number = 0; number < kSends; ++number)
    sends_[number].to(fader_gain(params_[uint16_t(p::reverb_db + number)]), frames);
}

Activity Strip::render(Block io) {
  f32x4 loudest(0);
  const auto pass = [&](float* line, const Glide& gain) {
    for (int i = 0; i < io.frames; i += 4) {
      const f32x4 in = f32x4::load(line + i);
      const f32x4 out = select(is_finite(in), in, f32x4(0)) * gain.four_at(i);
      loudest = max(abs(out), loudest);
      out.store(line + i);
    }
  };
  pass(io.left, left_);
  pass(io.right, right_);
  left_.advance(io.frames);
  right_.advance(io.frames);
  return any(loudest > f32x4(0)) ? Activity::kRunning : Activity::kAsleep;
}

void Strip::send(int number, Block from, Block to) {
  Glide& gain_line = sends_[number];
  for (int i = 0; i < from.frames; i += 4) {
    const f32x4 gain = gain_line.four_at(i);
    (f32x4::load(to.left + i) + f32x4::load(from.left + i) * gain).store(to.left + i);
    (f32x4::load(to.right + i) + f32x4::load(from.right + i) * gain).store(to.right + i);
  }
  gain_line.advance(from.frames);
}

}  // namespace arietta
