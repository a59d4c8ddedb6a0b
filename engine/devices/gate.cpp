#include "devices/gate.h"

#include "base/mathx.h"
#include "dsp/denormal.h"

namespace arietta {
namespace {

namespace p = param::gate;

constexpr float kFallSeconds = 0.01f;          // of the level: over the valleys of a wave down to 40 Hz
constexpr float kSilenceDb = -80;              // the lowest floor is silence

}  // namespace

bool Gate::prepare(const AudioSpec& spec, Arena&) {
  sample_rate_ = spec.sample_rate;
  knobs_.prepare(sample_rate_);
  reset();
  return true;
}

void Gate::reset() {
  knobs_.settle();
  listener_.reset();
  level_ = open_ = 0;
  wanted_ = false;
  hold_left_ = 0;
  floor_ = floor_gain();
  afterglow_.reset();
}

float Gate::floor_gain() const {
  const float db = knobs_.now(p::floor_db);
  return db <= kSilenceDb ? 0 : db_to_gain(db);
}

Activity Gate::render(Block io) {
  const float in = clean_input(io);
  knobs_.advance(io.frames);
  alignas(16) float levels[kMaxBlock], open[kMaxBlock];
  const float key = listener_.listen(io, levels);

  const float fall = std::exp(-1 / (kFallSeconds * sample_rate_));
  const float opens_at = db_to_gain(knobs_.now(p::threshold_db));
  const float closes_at = opens_at * db_to_gain(-knobs_.now(p::hysteresis_db));
  const float up = 1 / (knobs_.now(p::attack_s) * sample_rate_), down = 1 / (knobs_.now(p::release_s) * sample_rate_);
  const int hold = int(knobs_.now(p::hold_s) * sample_rate_);
  for (int i = 0; i < io.frames; ++i) {
    level_ = levels[i] > level_ * fall ? levels[i] : level_ * fall;
    wanted_ = level_ >= (wanted_ ? closes_at : opens_at);
    if (wanted_) hold_left_ = hold;
    else if (hold_left_ > 0) --hold_left_;
    open_ = clampf(open_ + (wanted_ ? up : hold_left_ > 0 ? 0 : -down), 0, 1);
    open[i] = open_;
  }
  level_ = flush_denormal(level_);

  const Ramp floor(floor_, floor_gain(), io.frames);
  for (int i = 0; i < io.frames; i += 4) {
    const f32x4 o = f32x4::load(open + i);                               // sets off and arrives without a corner
    const f32x4 gain = lerp(floor.four_at(i), f32x4(1), o * o * (f32x4(3) - f32x4(2) * o));
    for (float* side : {io.left, io.right}) (f32x4::load(side + i) * gain).store(side + i);
  }
  const float memory = (knobs_.now(p::hold_s) + knobs_.now(p::release_s)) * sample_rate_;
  const Activity activity = afterglow_.heard(in > key ? in : key, open_ > 0 ? loudest(io) : 0, io.frames, memory);
  if (activity == Activity::kAsleep && !afterglow_.rested()) reset();
  return activity;
}

}  // namespace arietta
