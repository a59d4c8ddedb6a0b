#include "voice/voice_cleaner.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kTrebleHz = 5200;          // "s" and "sh" lie above, vowels below
constexpr float kMostOff = 0.75f;          // 12 dB
constexpr float kHissShare = 0.35f;        // of the whole level: vowels stay under it
constexpr float kQuickSeconds = 0.004f, kOpenSeconds = 0.002f, kCloseSeconds = 0.06f, kFallSeconds = 0.05f;
constexpr float kHoldSeconds = 0.12f;      // the end of a word is fainter than the gate's border

float share_in(float seconds, float sample_rate) { return 1 - std::exp(-1 / (seconds * sample_rate)); }

}  // namespace

void VoiceCleaner::prepare(float sample_rate) {
  sample_rate_ = sample_rate;
  treble_ = SvfCoefficients::make(f32x4(kTrebleHz / sample_rate), f32x4(1.414f));
  quick_ = share_in(kQuickSeconds, sample_rate);
  opening_ = share_in(kOpenSeconds, sample_rate);
  closing_ = share_in(kCloseSeconds, sample_rate);
  falling_ = share_in(kFallSeconds, sample_rate);
  reset();
}

void VoiceCleaner::reset() {
  filter_.clear();
  hiss_ = all_ = level_ = 0;
  held_s_ = kHoldSeconds;
  gate_ = opens_at_ > 0 ? 0 : 1;
}

void VoiceCleaner::set(float de_ess, float gate_db) {
  de_ess_ = de_ess;
  opens_at_ = gate_db > kGateOff ? db_to_gain(gate_db) : 0;
}

void VoiceCleaner::process(float* left, float* right, int frames) {
  for (int i = 0; i < frames; ++i) {
    const f32x4 high = filter_.tick(f32x4(left[i], right[i], 0, 0), treble_).high;
    const float high_left = lane_of(high, 0), high_right = lane_of(high, 1);
    const float loud = std::fabs(left[i]) + std::fabs(right[i]);
    hiss_ += quick_ * (std::fabs(high_left) + std::fabs(high_right) - hiss_);
    all_ += quick_ * (loud - all_);
    const float over = hiss_ > kHissShare * all_ && hiss_ > 0 ? 1 - kHissShare * all_ / hiss_ : 0;
    const float off = de_ess_ * kMostOff * (over > 0.5f ? 1 : 2 * over);

    level_ = loud > level_ ? loud : level_ + falling_ * (loud - level_);
    held_s_ = 0.5f * level_ >= opens_at_ ? 0 : held_s_ + 1 / sample_rate_;
    const float open = held_s_ < kHoldSeconds || opens_at_ == 0 ? 1 : 0;
    gate_ += (open > gate_ ? opening_ : closing_) * (open - gate_);

    left[i] = gate_ * (left[i] - off * high_left);
    right[i] = gate_ * (right[i] - off * high_right);
  }
  filter_.settle();
  for (float* value : {&hiss_, &all_, &level_, &gate_}) *value = flush_denormal(*value);
}

}  // namespace arietta
