#include "devices/poly_quad.h"

#include <cmath>

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.5f;            // a full-velocity note peaks near -6 dB before the level knob
constexpr float kKeyFollow = 0.4f;            // octaves of cutoff per octave of pitch: high notes stay clear
constexpr float kVelocityBrightness = 1.6f;   // octaves between the softest and the hardest touch
constexpr float kQuickRelease = 0.05f;        // seconds an older note on the same key may still ring
constexpr float kUnisonCents = 1;             // detuned by less, the oscillators count as one

mask4 lanes_of(int bits_set) {
  return f32x4(float(bits_set & 1), float(bits_set & 2), float(bits_set & 4), float(bits_set & 8)) > f32x4(0);
}

}  // namespace

void PolyQuad::start(int lane, const NoteEvent& note, const PolyCell& cell) {
  const float velocity = clampf(note.value, 0, 1);
  const float tuning = std::isfinite(note.tuning) ? clampf(note.tuning, -24, 24) : 0;

  // Detuned oscillators start anywhere, so that no two notes beat alike; in unison they start together.
  Random random(note.id * 2654435761u + note.key);
  const float apart = clampf(cell.detune * 2400 / kUnisonCents, 0, 1);
  phase_[0][lane] = random.unit();
  const float second = phase_[0][lane] + apart * random.unit() * 0.5f;
  phase_[1][lane] = second - float(int(second));
  phase_[2][lane] = 0;
  noise_[lane] = int32_t(random.next() | 1);

  const float octaves_from_c4 = (float(note.key) - 60) / 12;
  pitch_ = with_lane(pitch_, lane, (float(note.key) + tuning - 69) / 12);
  loudness_ = with_lane(loudness_, lane, velocity * velocity * kVoiceGain);
  brightness_ = with_lane(brightness_, lane, kVelocityBrightness * (velocity - 0.8f) + kKeyFollow * octaves_from_c4);
  sweep_ = with_lane(sweep_, lane, 1);
  filter_.clear(only_lane(lane));
  envelope_.start(lane);
  changed_ |= 1 << lane;
  fresh_ |= 1 << lane;
}

void PolyQuad::end(int lane, VoiceEnd how, const PolyCell& cell, float rate) {
  const float quick = AdsrShape::release_rate(kQuickRelease, rate), own = cell.envelope.release;
  switch (how) {
    case VoiceEnd::kRelease: envelope_.release(lane, own); break;
    case VoiceEnd::kQuick: envelope_.release(lane, quick > own ? quick : own); break;
    case VoiceEnd::kFade: envelope_.fade(lane, AdsrShape::fade_rate(kStealFadeSeconds, rate)); break;
  }
  changed_ |= 1 << lane;
}

void PolyQuad::control(const PolyCell& cell, float frames) { aim(cell, 15, frames); }

void PolyQuad::aim(const PolyCell& cell, int which, float frames) {
  const mask4 lanes = lanes_of(which), fresh = lanes_of(fresh_);
  const f32x4 per_frame(1 / frames);
  changed_ = 0;

  const f32x4 level = envelope_.advance(cell.envelope, frames, lanes) * loudness_ * f32x4(cell.gain);
  level_step_ = select(lanes, (level - level_) * per_frame, level_step_);

  const float offsets[kOscillators] = {cell.a4 - cell.detune, cell.a4 + cell.detune, cell.a4 - 1};
  for (int i = 0; i < kOscillators; ++i) {
    const f32x4 increment = clamp(fast_exp2(pitch_ + f32x4(offsets[i])), f32x4(1e-5f), f32x4(kMaxPhaseStep));
    select(lanes, increment, f32x4::load(increment_[i])).store(increment_[i]);
  }

  sweep_ = select(lanes, sweep_ * fast_exp2(f32x4(-cell.sweep_rate * frames)), sweep_);
  const f32x4 cutoff = f32x4(cell.cutoff) + f32x4(cell.sweep) * sweep_ + brightness_;
  const SvfCoefficients aim = SvfCoefficients::make(fast_exp2(cutoff), f32x4(cell.damping));
  SvfCoefficients& now = filter_now_;
  SvfCoefficients& step = filter_step_;
  now = {select(fresh, aim.keep, now.keep), select(fresh, aim.push, now.push), select(fresh, aim.pull, now.pull),
         aim.damping};
  step = {select(lanes, (aim.keep - now.keep) * per_frame, step.keep),
          select(lanes, (aim.push - now.push) * per_frame, step.push),
          select(lanes, (aim.pull - now.pull) * per_frame, step.pull), f32x4(0)};
}

void PolyQuad::render(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* mix, int frames) {
  if (fresh_) run_up(table, cell, at);
  f32x4 voices[kMaxBlock];
  oscillate(table, cell, used, at, voices, frames);
  if (!cell.noise.silent()) add_noise(cell.noise.at(at), voices, frames);

  Svf4 filter = filter_;
  SvfCoefficients now = filter_now_;
  const SvfCoefficients step = filter_step_;
  f32x4 level = level_;
  for (int i = 0; i < frames; ++i) {
    now.keep += step.keep;
    now.push += step.push;
    now.pull += step.pull;
    level += level_step_;
    mix[i] += filter.tick(voices[i], now).low * level;
  }
  filter.settle();
  filter_ = filter;
  filter_now_ = now;
  level_ = level;
}

// The oscillators are kBlepDelay frames ahead of what is heard; new voices catch up here.
void PolyQuad::run_up(const BlepTable& table, const PolyCell& cell, int at) {
  for (int lane = 0; lane < 4; ++lane) {
    if (!(fresh_ >> lane & 1)) continue;
    BlepLine line;
    line.begin({});
    mix_oscillators(line, table, cell, lane, at, kBlepDelay);
    line.keep(tails_[lane], kBlepDelay);
  }
  fresh_ = 0;
}

void PolyQuad::mix_oscillators(BlepLine& line, const BlepTable& table, const PolyCell& cell, int lane, int at,
                               int frames) {
  for (int i = 0; i < 2; ++i) {
    float phase = phase_[i][lane];
    if (!cell.main_before.silent())
      line.add(table, cell.wave_before, phase, increment_[i][lane], cell.main_before.at(at), frames);
    line.add(table, cell.wave, phase_[i][lane], increment_[i][lane], cell.main.at(at), frames);
  }
  if (!cell.sub.silent()) line.add(table, Wave::kSine, phase_[2][lane], increment_[2][lane], cell.sub.at(at), frames);
}

void PolyQuad::oscillate(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* voices, int frames) {
  BlepLine lines[4];
  for (int lane = 0; lane < 4; ++lane) {
    BlepLine& line = lines[lane];
    if (!(used >> lane & 1)) {
      line.silence();
      continue;
    }
    line.begin(tails_[lane]);
    mix_oscillators(line, table, cell, lane, at, frames);
    line.keep(tails_[lane], frames);
  }
  for (int i = 0; i < frames; i += 4) {
    for (int lane = 0; lane < 4; ++lane) voices[i + lane] = f32x4::load(lines[lane].samples() + i);
    transpose(voices[i], voices[i + 1], voices[i + 2], voices[i + 3]);
  }
}

// White noise: the generator of base/random.h, one to a lane.
void PolyQuad::add_noise(BlepLevel level, f32x4* voices, int frames) {
  i32x4 state = i32x4::load(noise_);
  for (int i = 0; i < frames; ++i) {
    state ^= state << 13;
    state ^= logical_right(state, 17);
    state ^= state << 5;
    voices[i] += to_float(state) * f32x4(0x1p-31f * level.at(i).start);
  }
  state.store(noise_);
}

int PolyQuad::settle() {
  const mask4 idle = envelope_.idle();
  level_ = select(idle, f32x4(0), level_);
  return bits(idle);
}

}  // namespace arietta
