#include "devices/organ_quad.h"

#include <cmath>

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.12f;           // four keys with half their drawbars out stay below full scale
constexpr float kQuickRelease = 0.02f;        // seconds an older note on the same key may still sound
constexpr float kOffClick = 0.5f;             // contacts are quieter when they open

// Octaves above the key: 16', 5 1/3', 8', 4', 2 2/3', 2', 1 3/5', 1 1/3', 1'.
constexpr float kFeet[kDrawbars] = {-1, 0.5849625f, 0, 1, 1.5849625f, 2, 2.3219281f, 2.5849625f, 3};

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

}  // namespace

void OrganQuad::start(int lane, const NoteEvent& note, float pitch, float slide_from) {
  const mask4 only = only_lane(lane);
  pitch_ = select(only, f32x4(slide_from), pitch_);
  target_ = select(only, f32x4(pitch), target_);
  noise_[lane] = int32_t(Random(note.id * 2654435761u + note.key).next() | 1);
  click_ = select(only, f32x4(1), click_);
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void OrganQuad::end(int lane, VoiceEnd how, const OrganCell& cell, float rate) {
  const float quick = AdsrShape::release_rate(kQuickRelease, rate), own = cell.envelope.release;
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
  }
  if (how == VoiceEnd::kRelease) click_ = with_lane(click_, lane, kOffClick);
  changed_ |= 1 << lane;
}

void OrganQuad::aim(const OrganCell& cell, int which, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 level = envelope_.advance(cell.envelope, frames, lanes);
  level_step_ = select(lanes, (level - level_) * f32x4(1 / frames), level_step_);
  const f32x4 near = select(fresh, pitch_, target_ + (pitch_ - target_) * f32x4(cell.slide));
  pitch_ = select(lanes, near, pitch_);
  for (int k = 0; k < kDrawbars; ++k) {
    f32x4 increment = fast_exp2(pitch_ + f32x4(cell.a4 + kFeet[k]));
    for (int fold = 0; fold < 5; ++fold)              // the highest key's 1' lies over four octaves above the highest wheel
      increment = select(increment > f32x4(cell.highest), increment * f32x4(0.5f), increment);
    increment = min(increment, f32x4(0.4f));
    increment_[k] = select(lanes, increment, increment_[k]);
    if (!fresh_) continue;
    alignas(16) float turns[4];
    increment.store(turns);
    for (float& turn : turns) {                       // where this wheel is now
      const double since = double(turn) * (cell.frames + double(kMaxBlock - frames));
      turn = float(since - std::floor(since));
    }
    phase_[k] = select(fresh, f32x4::load(turns), phase_[k]);
  }
  changed_ = fresh_ = 0;
}

void OrganQuad::render(const OrganCell& cell, int at, f32x4* pipes, f32x4* contacts, int frames) {
  f32x4 sum[kMaxBlock];
  for (int i = 0; i < frames; ++i) sum[i] = 0;
  for (int k = 0; k < kDrawbars; ++k) {
    f32x4 phase = phase_[k];
    const f32x4 increment = increment_[k];
    if (cell.gain[k] > 0 || cell.gain_before[k] > 0) {
      const float step = (cell.gain[k] - cell.gain_before[k]) / kMaxBlock;
      float gain = cell.gain_before[k] + step * float(at);
      for (int i = 0; i < frames; ++i) {
        gain += step;
        sum[i] += sine_of_turns(phase) * f32x4(gain);
        phase += increment;
      }
    } else {
      phase += increment * f32x4(float(frames));
    }
    phase_[k] = fraction(phase);
  }
  for (int i = 0; i < frames; ++i) {
    level_ += level_step_;
    pipes[i] += sum[i] * level_ * f32x4(kVoiceGain);
  }
  if (cell.click <= 0 || all(click_ < f32x4(1e-4f))) return;
  i32x4 state = i32x4::load(noise_);
  const f32x4 fade(std::exp2(-cell.click_rate));
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    contacts[i] += to_float(state) * f32x4(0x1p-31f * cell.click) * click_;
    click_ *= fade;
  }
  state.store(noise_);
}

int OrganQuad::settle() {
  const mask4 idle = envelope_.idle();
  level_ = select(idle, f32x4(0), level_);
  return bits(idle);
}

}  // namespace arietta
