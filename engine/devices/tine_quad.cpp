#include "devices/tine_quad.h"

#include <cmath>

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.4f;            // a full-velocity note peaks near -6 dB before the level knob
constexpr float kQuickRelease = 0.06f;        // seconds an older note on the same key may still ring
constexpr float kBellRatio = 2.6483f;         // octaves: the second mode of a bar clamped at one end, 6.27 times the first
constexpr float kAgeCents = 9;                // how far an old key may be out of tune
constexpr float kThumpSeconds = 0.05f;

struct Kind {
  float life_s, life_per_octave;              // to a thousandth, at middle C; octaves of it lost per octave of pitch
  float bell_s;
  float reach, reach_per_octave;              // widths of the pickup's field at full bark; octaves lost per octave of pitch
  float bell, attack_s;
};
constexpr Kind kKinds[] = {{9, 0.75f, 1.1f, 1.5f, 0.6f, 0.35f, 0.003f}, {4, 0.6f, 0.25f, 0.9f, 0.45f, 0.12f, 0.004f}};

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

}  // namespace

void TineQuad::start(int lane, const NoteEvent& note, float pitch, const TineCell& cell) {
  const mask4 only = only_lane(lane);
  const float velocity = clampf(note.value, 0, 1);
  Random key(uint32_t(note.key) * 2654435761u + 77);           // the same key is always off by the same
  pitch_ = select(only, f32x4(pitch), pitch_);
  off_ = select(only, f32x4(key.bipolar()), off_);
  phase_ = select(only, f32x4(0), phase_);
  bell_phase_ = select(only, f32x4(0), bell_phase_);
  swing_ = select(only, f32x4(std::pow(velocity, 1.3f)), swing_);
  const float hard = velocity * velocity * (0.4f + 1.2f * cell.hardness);
  bell_ = select(only, f32x4(hard), bell_);
  thump_ = select(only, f32x4(velocity), thump_);
  noise_[lane] = int32_t(Random(note.id * 2654435761u + note.key).next() | 1);
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void TineQuad::end(int lane, VoiceEnd how, const TineCell& cell, float rate) {
  const float quick = AdsrShape::release_rate(kQuickRelease, rate), own = cell.envelope.release;
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
  }
  if (how == VoiceEnd::kRelease) thump_ = with_lane(thump_, lane, 0.3f);         // the damper falls
  changed_ |= 1 << lane;
}

void TineQuad::aim(const TineCell& cell, int which, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);
  const Kind& kind = kKinds[int(cell.kind)];
  changed_ = fresh_ = 0;

  const f32x4 level = envelope_.advance(cell.envelope, frames, lanes);
  level_step_ = select(lanes, (level - level_) * per_frame, level_step_);

  const f32x4 tuned = pitch_ + off_ * f32x4(cell.age * kAgeCents / 1200) + f32x4(cell.a4);
  const f32x4 increment = min(fast_exp2(tuned), f32x4(0.4f)), bell_increment = fast_exp2(tuned + f32x4(kBellRatio));
  increment_ = select(lanes, increment, increment_);
  bell_increment_ = select(lanes, min(bell_increment, f32x4(0.45f)), bell_increment_);
  const f32x4 bell_fits = clamp((f32x4(0.34f) - bell_increment) * f32x4(6), f32x4(0), f32x4(1));

  // Halvings a frame: high keys ring shorter.
  const f32x4 octave = pitch_ + f32x4(0.75f);
  const f32x4 shorter = fast_exp2(octave * f32x4(kind.life_per_octave)) * f32x4(frames / (cell.life * cell.rate));
  const f32x4 fade = fast_exp2(shorter * f32x4(-AdsrShape::kDecayHalvings / kind.life_s));
  const f32x4 bell_fade = fast_exp2(shorter * f32x4(-AdsrShape::kDecayHalvings / kind.bell_s));
  const f32x4 width = f32x4(kind.reach * (0.15f + 0.85f * cell.bark)) * fast_exp2(octave * f32x4(-kind.reach_per_octave));
  const f32x4 adjusted = f32x4(1) + off_ * f32x4(0.25f * cell.age);
  const f32x4 most(cell.kind == TineKind::kReed ? 0.85f : 1.8f), bell(cell.bell * kind.bell);
  const auto reach = [&] { return min(swing_ * width * adjusted, most); };
  const auto ring = [&] { return bell_ * bell * bell_fits * min(width, f32x4(1)); };
  reach_ = select(fresh, reach(), reach_);
  ring_ = select(fresh, ring(), ring_);
  const f32x4 place = f32x4(0.2f + 0.8f * cell.pickup) + off_ * f32x4(0.2f * cell.age);
  place_ = select(fresh, place, place_);
  swing_ = select(lanes, swing_ * fade, swing_);
  bell_ = select(lanes, bell_ * bell_fade, bell_);
  reach_step_ = select(lanes, (reach() - reach_) * per_frame, reach_step_);
  ring_step_ = select(lanes, (ring() - ring_) * per_frame, ring_step_);
  place_step_ = select(lanes, (place - place_) * per_frame, place_step_);
}

template <TineKind kKind>
void TineQuad::play(const TineCell& cell, int at, f32x4* pickups, int frames) {
  const f32x4 quarter(0.25f), one(1);
  // As loud at any bark: a small swing hears a straight part of the field.
  const float lift = kKind == TineKind::kTine ? 1 / (0.3f + 0.9f * cell.bark) : 1 / (0.25f + 0.75f * cell.bark);
  for (int i = 0; i < frames; ++i) {
    level_ += level_step_;
    reach_ += reach_step_;
    ring_ += ring_step_;
    place_ += place_step_;
    const f32x4 swing = reach_ * sine_of_turns(phase_) + ring_ * sine_of_turns(bell_phase_) * f32x4(1 / 6.27f);
    const f32x4 speed = reach_ * sine_of_turns(phase_ + quarter) + ring_ * sine_of_turns(bell_phase_ + quarter);
    f32x4 steepness;
    if (kKind == TineKind::kTine) {                    // a bell-shaped field: d/dx 1 / (1 + x^2)
      const f32x4 x = swing - place_, wide = one + x * x;
      steepness = f32x4(-2) * x / (wide * wide);
    } else {                                           // a reed between two plates: d/dx 1 / (1 - x)
      const f32x4 gap = max(one - swing, f32x4(0.1f));
      steepness = one / (gap * gap);
    }
    const float fade = lerp(cell.fade_before, cell.fade, float(at + i + 1) / kMaxBlock);
    pickups[i] += speed * steepness * level_ * f32x4(kVoiceGain * lift * fade);
    phase_ = fraction(phase_ + increment_);
    bell_phase_ = fraction(bell_phase_ + bell_increment_);
  }
}

void TineQuad::render(const TineCell& cell, int at, f32x4* pickups, f32x4* wood, int frames) {
  if (cell.kind == TineKind::kTine) play<TineKind::kTine>(cell, at, pickups, frames);
  else play<TineKind::kReed>(cell, at, pickups, frames);
  if (cell.thump <= 0 || all(thump_ < f32x4(1e-3f))) return;
  i32x4 state = i32x4::load(noise_);
  const f32x4 fade(std::exp2(-AdsrShape::release_rate(kThumpSeconds, cell.rate)));
  const f32x4 rise(1 - std::exp(-6.2831853f * 600 / cell.rate));
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    thump_level_ += (thump_ - thump_level_) * rise;
    wood[i] += to_float(state) * f32x4(0x1p-31f * cell.thump) * thump_level_;
    thump_ *= fade;
  }
  state.store(noise_);
}

int TineQuad::settle() {
  const mask4 idle = envelope_.idle() | (swing_ < f32x4(1e-5f));
  level_ = select(idle, f32x4(0), level_);
  thump_level_ = select(idle, f32x4(0), thump_level_);
  return bits(idle);
}

}  // namespace arietta
