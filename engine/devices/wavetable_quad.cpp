#include "devices/wavetable_quad.h"

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.6f;            // a full-velocity note peaks near -6 dB before the level knob
constexpr float kVelocityBrightness = 1.6f;   // octaves of cutoff between the softest and the hardest touch
constexpr float kQuickRelease = 0.05f;        // seconds an older note on the same key may still ring
constexpr float kLastFrame = kWaveFrames - 1;

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

// From one straight line to another over a cell.
float along(float from, float to, int frame) { return from + (to - from) * float(frame) / kMaxBlock; }

}  // namespace

void WavetableQuad::start(int lane, const NoteEvent& note, float pitch, float slide_from, const WavetableCell& cell) {
  const mask4 only = only_lane(lane);
  const float velocity = clampf(note.value, 0, 1);
  Random random(note.id * 2654435761u + note.key);
  for (int k = 0; k < kMostUnison; ++k) {               // alone it starts with its wave; many start anywhere
    const float phase = cell.unison > 1 ? random.unit() : 0;
    phase_[k] = select(only, f32x4(phase), phase_[k]);
    gain_[k] = select(only, f32x4(cell.unison_gain[k]), gain_[k]);
  }
  sub_phase_ = select(only, f32x4(0), sub_phase_);
  pitch_ = select(only, f32x4(slide_from), pitch_);
  target_ = select(only, f32x4(pitch), target_);
  loudness_ = select(only, f32x4(velocity * velocity * kVoiceGain), loudness_);
  brightness_ = select(only, f32x4(kVelocityBrightness * (velocity - 0.8f)), brightness_);
  sweep_ = select(only, f32x4(1), sweep_);
  cutoff_sweep_ = select(only, f32x4(1), cutoff_sweep_);
  swing_ = select(only, f32x4(random.unit()), swing_);
  filter_.clear(only);
  side_filter_.clear(only);
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void WavetableQuad::end(int lane, VoiceEnd how, const WavetableCell& cell, float rate) {
  const float quick = AdsrShape::release_rate(kQuickRelease, rate), own = cell.envelope.release;
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
  }
  changed_ |= 1 << lane;
}

// Moves towards where the position shall be, at most to the next whole frame: only two frames are read in a cell.
void WavetableQuad::aim_position(const WavetableCell& cell, mask4 lanes, f32x4 per_frame, float frames) {
  const mask4 fresh = lanes_of(fresh_);
  sweep_ = select(lanes, sweep_ * fast_exp2(f32x4(-cell.sweep_rate * frames)), sweep_);
  swing_ = select(lanes, fraction(swing_ + f32x4(cell.wander_turns * frames)), swing_);
  const f32x4 wanted = f32x4(cell.position) + f32x4(cell.sweep) * sweep_ + f32x4(cell.wander) * sine_of_turns(swing_);
  const f32x4 goal = clamp(wanted, f32x4(0), f32x4(1)) * f32x4(kLastFrame);
  const f32x4 now = select(fresh, goal, frame_ + between_);
  const f32x4 below = floor(now);
  const mask4 down = (goal < now) & (now == below);
  const f32x4 frame = clamp(select(down, below - f32x4(1), below), f32x4(0), f32x4(kLastFrame - 1));
  const f32x4 from = now - frame, to = clamp(goal - frame, f32x4(0), f32x4(1));
  frame_ = select(lanes, frame, frame_);
  between_ = select(lanes, from, between_);
  between_step_ = select(lanes, (to - from) * per_frame, between_step_);
}

void WavetableQuad::aim(const WavetableCell& cell, int which, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);

  const f32x4 level = envelope_.advance(cell.envelope, frames, lanes) * loudness_;
  level_step_ = select(lanes, (level - level_) * per_frame, level_step_);
  const f32x4 near = select(fresh, pitch_, target_ + (pitch_ - target_) * f32x4(cell.slide));
  pitch_ = select(lanes, near, pitch_);
  aim_position(cell, lanes, per_frame, frames);
  alignas(16) float frame[4], pitches[4];
  frame_.store(frame);
  for (int k = 0; k < kMostUnison; ++k) {
    gain_[k] = select(gain_[k] < f32x4(1e-6f), f32x4(0), gain_[k]);      // a copy that has faded costs nothing
    const f32x4 gain_step = (f32x4(cell.unison_gain[k]) - gain_[k]) * per_frame;
    gain_step_[k] = select(lanes, gain_step, gain_step_[k]);
    const f32x4 increment = clamp(fast_exp2(pitch_ + f32x4(cell.a4 + cell.unison_pitch[k])), f32x4(1e-6f), f32x4(0.46f));
    increment_[k] = select(fresh, increment, increment_[k]);
    increment_step_[k] = select(lanes, (increment - increment_[k]) * per_frame, increment_step_[k]);
    max(increment, increment_[k]).store(pitches);
    for (int lane = 0; lane < 4; ++lane) {
      if (!(which >> lane & 1) && early_[k][lane]) continue;            // free lanes read too: let them read something
      const int step = WaveTables::level_for(pitches[lane]);
      early_[k][lane] = cell.tables->cycle(cell.table, int(frame[lane]), step);
      late_[k][lane] = cell.tables->cycle(cell.table, int(frame[lane]) + 1, step);
      points_[k] = with_lane(points_[k], lane, float(wave_points(step)));
    }
  }
  sub_increment_ = select(lanes, min(increment_[0] * f32x4(0.5f), f32x4(0.4f)), sub_increment_);

  cutoff_sweep_ = select(lanes, cutoff_sweep_ * fast_exp2(f32x4(-cell.cutoff_rate * frames)), cutoff_sweep_);
  const f32x4 cutoff = f32x4(cell.cutoff) + f32x4(cell.cutoff_sweep) * cutoff_sweep_ + brightness_ +
                       f32x4(cell.key_follow) * (pitch_ + f32x4(0.75f));
  const SvfCoefficients aim = SvfCoefficients::make(fast_exp2(cutoff), f32x4(cell.damping));
  SvfCoefficients& now = filter_now_;
  SvfCoefficients& step = filter_step_;
  now = {select(fresh, aim.keep, now.keep), select(fresh, aim.push, now.push), select(fresh, aim.pull, now.pull), aim.damping};
  step = {select(lanes, (aim.keep - now.keep) * per_frame, step.keep), select(lanes, (aim.push - now.push) * per_frame, step.push),
          select(lanes, (aim.pull - now.pull) * per_frame, step.pull), f32x4(0)};
  changed_ = fresh_ = 0;
}

// One copy of the wave, four voices at a time: a cubic through four points (Lagrange), of two frames in their mixture.
void WavetableQuad::read(int copy, f32x4* out, int frames) {
  f32x4 phase = phase_[copy], between = between_;
  f32x4 increment = increment_[copy];
  const f32x4 points = points_[copy];
  const float* const* early = early_[copy];
  const float* const* late = late_[copy];
  alignas(16) int32_t index[4];
  alignas(16) float mixture[4];
  for (int i = 0; i < frames; ++i) {
    between += between_step_;
    between.store(mixture);
    const f32x4 place = phase * points;
    const i32x4 whole = truncate(place);
    whole.store(index);
    const f32x4 t = place - to_float(whole);
    f32x4 a = lerp(f32x4::load(early[0] + index[0] - 1), f32x4::load(late[0] + index[0] - 1), f32x4(mixture[0]));
    f32x4 b = lerp(f32x4::load(early[1] + index[1] - 1), f32x4::load(late[1] + index[1] - 1), f32x4(mixture[1]));
    f32x4 c = lerp(f32x4::load(early[2] + index[2] - 1), f32x4::load(late[2] + index[2] - 1), f32x4(mixture[2]));
    f32x4 d = lerp(f32x4::load(early[3] + index[3] - 1), f32x4::load(late[3] + index[3] - 1), f32x4(mixture[3]));
    transpose(a, b, c, d);                            // now a holds each voice's point before, b the one at, c and d after
    const f32x4 back = t + f32x4(1), ahead = t - f32x4(1), far = t - f32x4(2);
    const f32x4 inner = ahead * far * f32x4(0.5f), outer = t * back * f32x4(1.0f / 6);
    out[i] = (b * back - a * t * f32x4(1.0f / 3)) * inner + (d * ahead - c * far * f32x4(3)) * outer;
    increment += increment_step_[copy];
    phase = fraction(phase + increment);
  }
  phase_[copy] = phase;
  increment_[copy] = increment;
}

void WavetableQuad::render(const WavetableCell& cell, int at, f32x4* middle, f32x4* side, int frames) {
  f32x4 both[kMaxBlock], apart[kMaxBlock], copy[kMaxBlock];
  for (int i = 0; i < frames; ++i) both[i] = apart[i] = 0;
  for (int k = 0; k < kMostUnison; ++k) {
    if (all(gain_[k] == f32x4(0)) && all(gain_step_[k] == f32x4(0))) continue;
    read(k, copy, frames);
    const f32x4 place(cell.unison_place[k]);
    for (int i = 0; i < frames; ++i) {
      gain_[k] += gain_step_[k];
      const f32x4 wave = copy[i] * gain_[k];
      both[i] += wave;
      if (cell.wide) apart[i] += wave * place;
    }
  }
  between_ += between_step_ * f32x4(float(frames));
  const bool sub = cell.sub > 0 || cell.sub_before > 0;
  for (int i = 0; i < frames; ++i) {
    level_ += level_step_;
    filter_now_.keep += filter_step_.keep;
    filter_now_.push += filter_step_.push;
    filter_now_.pull += filter_step_.pull;
    const float table_gain = along(cell.table_gain_before, cell.table_gain, at + i + 1);
    f32x4 voice = both[i] * f32x4(table_gain);
    if (sub) {
      voice += sine_of_turns(sub_phase_) * f32x4(along(cell.sub_before, cell.sub, at + i + 1));
      sub_phase_ = fraction(sub_phase_ + sub_increment_);
    }
    middle[i] += filter_.tick(voice, filter_now_).low * level_;
    if (cell.wide) side[i] += side_filter_.tick(apart[i] * f32x4(table_gain), filter_now_).low * level_;
  }
  filter_.settle();
  side_filter_.settle();
}

int WavetableQuad::settle() {
  const mask4 idle = envelope_.idle();
  level_ = select(idle, f32x4(0), level_);
  return bits(idle);
}

}  // namespace arietta
