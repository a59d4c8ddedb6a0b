#include "devices/fm_quad.h"

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.5f;          // a full-velocity note peaks near -6 dB before the level knob
constexpr float kQuickRelease = 0.05f;      // seconds an older note on the same key may still ring
constexpr float kHighest = 0.80f;           // of the doubled rate: from there on partials fold back below 20 kHz
constexpr float kKeySpeed = 0.35f;          // octaves of envelope speed per octave of pitch, as strings and bars have it
constexpr float kKeyPan = 0.25f;            // of the way to a side, per octave from middle C
constexpr float kOperatorPan[] = {-0.6f, 0.6f, -0.6f, 0.6f};   // where carriers stand once the width knob is up

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

// Partials of a sine whose phase swings by `turns`: beyond this many times the modulator's frequency they are below
// -90 dB (Bessel functions; the line lies a little above them from 0.05 to 3 turns).
f32x4 partials(f32x4 turns) {
  const f32x4 radians = turns * f32x4(6.2831853f);
  return radians * f32x4(1.15f) + min(radians * f32x4(8), f32x4(4.5f));
}

FmRoute between(const FmRoute& a, const FmRoute& b, float t) {
  FmRoute r = {lerp(a.by_1_on_2, b.by_1_on_2, t), lerp(a.by_1_on_3, b.by_1_on_3, t), lerp(a.by_2_on_3, b.by_2_on_3, t),
               lerp(a.by_1_on_4, b.by_1_on_4, t), lerp(a.by_2_on_4, b.by_2_on_4, t), lerp(a.by_3_on_4, b.by_3_on_4, t), {}};
  for (int k = 0; k < kFmOperators; ++k) r.heard[k] = lerp(a.heard[k], b.heard[k], t);
  return r;
}

}  // namespace

void FmQuad::start(int lane, float pitch, float slide_from, float velocity) {
  const mask4 only = only_lane(lane);
  for (int k = 0; k < kFmOperators; ++k) {
    phase_[k] = select(only, f32x4(0), phase_[k]);
    level_[k] = select(only, f32x4(0), level_[k]);
    envelopes_[k].start(lane);
  }
  last_ = select(only, f32x4(0), last_);
  before_last_ = select(only, f32x4(0), before_last_);
  pitch_ = select(only, f32x4(slide_from), pitch_);
  target_ = select(only, f32x4(pitch), target_);
  sweep_ = select(only, f32x4(1), sweep_);
  touch_ = select(only, f32x4(1 - velocity * velocity), touch_);
  speed_ = select(only, f32x4(std::exp2(kKeySpeed * (pitch + 0.75f))), speed_);
  side_ = select(only, f32x4(clampf(kKeyPan * (pitch + 0.75f), -0.5f, 0.5f)), side_);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void FmQuad::end(int lane, VoiceEnd how, const FmCell& cell, float rate) {
  const float quick = AdsrShape::release_rate(kQuickRelease, rate);
  for (int k = 0; k < kFmOperators; ++k) {
    const float own = cell.operators[k].envelope.release;
    switch (how) {
      case VoiceEnd::kRelease: envelopes_[k].release(lane, own); break;
      case VoiceEnd::kQuick: envelopes_[k].release(lane, quick > own ? quick : own); break;
      case VoiceEnd::kFade: envelopes_[k].fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
    }
  }
  changed_ |= 1 << lane;
}

// Makes the modulation of each operator shallower where its partials, and those of who moves it, would reach too high.
void FmQuad::limit(const FmCell& cell, const f32x4 (&frequency)[kFmOperators], f32x4 depth,
                   f32x4 (&reach)[kFmOperators]) const {
  const FmRoute& r = cell.route;
  const float by[kFmOperators][kFmOperators - 1] = {
      {0, 0, 0}, {r.by_1_on_2, 0, 0}, {r.by_1_on_3, r.by_2_on_3, 0}, {r.by_1_on_4, r.by_2_on_4, r.by_3_on_4}};
  f32x4 highest[kFmOperators];
  for (int k = 0; k < kFmOperators; ++k) {
    f32x4 above = 0;
    if (k == 0) above = partials(f32x4(cell.feedback * cell.operators[0].level)) * frequency[0];
    for (int j = 0; j < k; ++j)
      if (by[k][j] > 0) above += partials(depth * f32x4(by[k][j] * cell.operators[j].level)) * highest[j];
    const f32x4 room = max(f32x4(kHighest) - frequency[k], f32x4(0));
    const f32x4 share = min(room / max(above, f32x4(1e-6f)), f32x4(1));
    // The partials of a shallow swing do not grow in step with it: what has to give way gives way by more.
    reach[k] = share * share * (k == 0 ? f32x4(cell.feedback) : depth);
    highest[k] = frequency[k] + above * share;
  }
}

void FmQuad::aim(const FmCell& cell, int which, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);
  changed_ = fresh_ = 0;

  const f32x4 near = select(fresh, pitch_, target_ + (pitch_ - target_) * f32x4(cell.slide));
  pitch_ = select(lanes, near, pitch_);
  sweep_ = select(lanes, sweep_ * fast_exp2(f32x4(-cell.pitch_rate * frames)), sweep_);
  const f32x4 note = pitch_ + f32x4(cell.a4) + f32x4(cell.pitch_sweep) * sweep_;

  f32x4 frequency[kFmOperators], loudest = 0;
  for (int k = 0; k < kFmOperators; ++k) {
    const FmOperatorCell& op = cell.operators[k];
    frequency[k] = clamp(fast_exp2(note + f32x4(op.ratio)), f32x4(1e-6f), f32x4(0.45f));
    increment_[k] = select(lanes, frequency[k], increment_[k]);
    const f32x4 audible = clamp((f32x4(0.235f) - frequency[k]) * f32x4(50), f32x4(0), f32x4(1));   // gone at 22.5 kHz
    const f32x4 heard = select(f32x4(op.level * cell.route.heard[k]) > f32x4(0), audible, f32x4(1));
    const f32x4 envelope = envelopes_[k].advance(op.envelope, speed_ * f32x4(frames), lanes);
    const f32x4 level = envelope * heard * f32x4(op.level) * (f32x4(1) - touch_ * f32x4(op.velocity));
    level_step_[k] = select(lanes, (level - level_[k]) * per_frame, level_step_[k]);
    if (cell.route.heard[k] > 0) loudest = max(loudest, envelope);
  }
  loudness_ = select(lanes, loudest, loudness_);

  const f32x4 high = max(pitch_ + f32x4(0.75f), f32x4(0));                     // octaves above middle C
  const f32x4 depth = f32x4(cell.depth) * fast_exp2(high * f32x4(-cell.key_scaling));
  f32x4 reach[kFmOperators];
  limit(cell, frequency, depth, reach);
  for (int k = 0; k < kFmOperators; ++k) {
    reach_[k] = select(fresh, reach[k], reach_[k]);
    reach_step_[k] = select(lanes, (reach[k] - reach_[k]) * per_frame, reach_step_[k]);
  }
}

void FmQuad::render(const FmCell& cell, int at, f32x4* middle, f32x4* side, int frames) {
  f32x4 p1 = phase_[0], p2 = phase_[1], p3 = phase_[2], p4 = phase_[3];
  f32x4 last = last_, before_last = before_last_;
  const f32x4 half(0.5f);
  FmRoute route = cell.new_route ? between(cell.route_before, cell.route, float(at) / kMaxBlock) : cell.route;
  f32x4 pan[kFmOperators];
  for (int k = 0; k < kFmOperators; ++k) pan[k] = side_ + f32x4(kOperatorPan[k]);
  for (int i = 0; i < frames; ++i) {
    if (cell.new_route) route = between(cell.route_before, cell.route, float(at + i + 1) / kMaxBlock);
    for (int k = 0; k < kFmOperators; ++k) {
      level_[k] += level_step_[k];
      reach_[k] += reach_step_[k];
    }
    const float gain = kVoiceGain * lerp(cell.gain_before, cell.gain, float(at + i + 1) / kMaxBlock);
    f32x4 heard[kFmOperators];
    for (int k = 0; k < kFmOperators; ++k) heard[k] = f32x4(route.heard[k] * gain);
    for (int twice = 0; twice < 2; ++twice) {
      const f32x4 o1 = level_[0] * sine_of_turns(p1 + reach_[0] * half * (last + before_last));
      const f32x4 o2 = level_[1] * sine_of_turns(p2 + reach_[1] * f32x4(route.by_1_on_2) * o1);
      const f32x4 o3 = level_[2] * sine_of_turns(p3 + reach_[2] * (f32x4(route.by_1_on_3) * o1 + f32x4(route.by_2_on_3) * o2));
      const f32x4 o4 = level_[3] * sine_of_turns(p4 + reach_[3] * (f32x4(route.by_1_on_4) * o1 + f32x4(route.by_2_on_4) * o2 +
                                                                   f32x4(route.by_3_on_4) * o3));
      before_last = last;
      last = o1;
      p1 += increment_[0];
      p2 += increment_[1];
      p3 += increment_[2];
      p4 += increment_[3];
      const f32x4 h1 = heard[0] * o1, h2 = heard[1] * o2, h3 = heard[2] * o3, h4 = heard[3] * o4;
      middle[2 * i + twice] += (h1 + h2) + (h3 + h4);
      side[2 * i + twice] += (h1 * pan[0] + h2 * pan[1]) + (h3 * pan[2] + h4 * pan[3]);
    }
  }
  phase_[0] = fraction(p1);
  phase_[1] = fraction(p2);
  phase_[2] = fraction(p3);
  phase_[3] = fraction(p4);
  last_ = last;
  before_last_ = before_last;
}

int FmQuad::settle() {
  const mask4 silent = loudness_ <= f32x4(0);
  for (int k = 0; k < kFmOperators; ++k) level_[k] = select(silent, f32x4(0), level_[k]);
  return bits(silent);
}

}  // namespace arietta
