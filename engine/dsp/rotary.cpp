#include "dsp/rotary.h"

#include "base/mathx.h"
#include "dsp/denormal.h"
#include "dsp/fastmath.h"

namespace arietta {

struct RotorBuild {
  float slow_hz, fast_hz;
  float speed_up_s, slow_down_s;       // to 63 % of the way
  float reach_s;                       // half of how much nearer it comes, in time of sound
  float shade;                         // how much quieter its back is, 0 to 1
  float front_hz, back_hz;             // where brightness ends, in front and behind
};

namespace {

constexpr RotorBuild kHorn = {0.8f, 6.7f, 0.5f, 0.8f, 0.00052f, 0.55f, 9000, 2400};   // a horn of 18 cm
constexpr RotorBuild kDrum = {0.67f, 5.8f, 1.7f, 2.3f, 0.0002f, 0.3f, 1800, 1100};

constexpr float kSplitHz = 800;
constexpr float kNearestFrames = 3;                  // from the rotor to the microphones at least
constexpr float kApart = 0.36f;                      // the microphones around the cabinet, in turns
constexpr float kGain = 1.2f;                        // as loud as the same sound without the speaker

float one_pole(float hz, float rate) { return 1 - std::exp(-2 * kPi * hz / rate); }

float wanted_hz(const RotorBuild& build, RotorSpeed speed) {
  return speed == RotorSpeed::kFast ? build.fast_hz : speed == RotorSpeed::kSlow ? build.slow_hz : 0;
}

f32x4 ears(float horn, float drum) { return {horn, horn, drum, drum}; }

}  // namespace

bool Rotary::prepare(float sample_rate, Arena& arena) {
  rate_ = sample_rate;
  split_ = one_pole(kSplitHz, sample_rate);
  reach_ = ears(kHorn.reach_s * sample_rate, kDrum.reach_s * sample_rate);
  shade_ = ears(kHorn.shade / 2, kDrum.shade / 2);
  behind_ = ears(one_pole(kHorn.back_hz, sample_rate), one_pole(kDrum.back_hz, sample_rate));
  before_ = ears(one_pole(kHorn.front_hz, sample_rate), one_pole(kDrum.front_hz, sample_rate));
  const int longest = int(kNearestFrames + 2 * kHorn.reach_s * sample_rate) + 8;
  return horn_.line.prepare(arena, longest) && drum_.line.prepare(arena, longest);
}

void Rotary::reset() {
  for (Rotor* rotor : {&horn_, &drum_}) {
    rotor->line.reset();
    rotor->turn = 0;
  }
  low_[0] = low_[1] = 0;
  heard_ = 0;
  settle();
}

void Rotary::settle() {
  horn_.hz = wanted_hz(kHorn, speed_);
  drum_.hz = wanted_hz(kDrum, speed_);
}

void Rotary::spin(Rotor& rotor, const RotorBuild& build) {
  const float wanted = wanted_hz(build, speed_);
  rotor.hz += (wanted - rotor.hz) / ((wanted > rotor.hz ? build.speed_up_s : build.slow_down_s) * rate_);
  rotor.turn += rotor.hz / rate_;
  rotor.turn -= float(int(rotor.turn));
}

void Rotary::tick(float in, float& left, float& right) {
  spin(horn_, kHorn);
  spin(drum_, kDrum);
  low_[0] += (in - low_[0]) * split_;
  low_[1] += (low_[0] - low_[1]) * split_;
  horn_.line.write(in - low_[1]);
  drum_.line.write(low_[1]);

  // Each ear hears its rotor from where it stands: later from further away, quieter and duller from behind.
  const f32x4 facing = sine_of_turns(f32x4(horn_.turn, horn_.turn + kApart, 0.3f - drum_.turn, 0.3f + kApart - drum_.turn));
  const f32x4 away = f32x4(1) - facing;
  alignas(16) float delay[4];
  (f32x4(kNearestFrames) + reach_ * away).store(delay);
  const f32x4 sound(horn_.line.read(delay[0]), horn_.line.read(delay[1]), drum_.line.read(delay[2]), drum_.line.read(delay[3]));
  heard_ += (sound * (f32x4(1) - shade_ * away) - heard_) * lerp(before_, behind_, f32x4(0.5f) * away);
  alignas(16) float heard[4];
  heard_.store(heard);
  left = kGain * (heard[0] + heard[2]);
  right = kGain * (heard[1] + heard[3]);
}

void Rotary::flush() {
  heard_ = flush_denormal(heard_);
  for (float& low : low_) low = std::fabs(low) < 1e-20f ? 0 : low;
}

}  // namespace arietta
