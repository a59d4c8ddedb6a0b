#include "devices/poly_quad.h"

#include <cmath>

#include "base/mathx.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr float kVoiceGain = 0.5f;            // a full-velocity note peaks near -6 dB before the level knob
constexpr float kVelocityBrightness = 1.6f;   // octaves between the softest and the hardest touch
constexpr float kQuickRelease = 0.05f;        // seconds an older note on the same key may still ring
constexpr float kUnisonCents = 1;             // detuned by less, the oscillators count as one

// The level of each copy: together they stay about as loud as two. Moves in a straight line when their number changes.
BlepLevel copy_level(const PolyCell& cell, BlepLevel all, int copy) {
  if (cell.copies == 2 && cell.copies_before == 2) return all;
  const float from = copy < cell.copies_before ? std::sqrt(2 / float(cell.copies_before)) : 0;
  const float to = copy < cell.copies ? std::sqrt(2 / float(cell.copies)) : 0;
  if (from == to) return {all.start * to, all.step * to};
  const float end = (all.start + all.step * kMaxBlock) * to;
  return {all.start * from, (end - all.start * from) / kMaxBlock};
}

PolyFilterMix between(const PolyFilterMix& a, const PolyFilterMix& b, float t) {
  return {lerp(a.low, b.low, t), lerp(a.band, b.band, t), lerp(a.high, b.high, t), lerp(a.steep, b.steep, t)};
}

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
  phase_[kSub][lane] = 0;
  noise_[lane] = int32_t(random.next() | 1);
  for (int i = 2; i <= kSecond; ++i) phase_[i][lane] = random.unit();
  width_[lane] = cell.width;

  const float octaves_from_c4 = (float(note.key) - 60) / 12;
  pitch_ = with_lane(pitch_, lane, (float(note.key) + tuning - 69) / 12);
  loudness_ = with_lane(loudness_, lane, velocity * velocity * kVoiceGain);
  brightness_ = with_lane(brightness_, lane, kVelocityBrightness * (velocity - 0.8f) + cell.key_follow * octaves_from_c4);
  sweep_ = with_lane(sweep_, lane, 1);
  for (Svf4* each : {&filter_, &steep_filter_, &side_filter_, &side_steep_filter_}) each->clear(only_lane(lane));
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

  const int copies = cell.copies > cell.copies_before ? cell.copies : cell.copies_before;
  for (int i = 0; i < kOscillators; ++i) {
    if (i >= copies && i < kSecond) continue;
    if (i == kSecond && cell.second.silent()) continue;
    const float spread = i == 0 ? -cell.detune : i == copies - 1 ? cell.detune : cell.detune * (2 * float(i) / float(copies - 1) - 1);
    const float offset = cell.a4 + (i == kSub ? -1 : i == kSecond ? cell.second_pitch : spread);
    const f32x4 increment = clamp(fast_exp2(pitch_ + f32x4(offset)), f32x4(1e-5f), f32x4(kMaxPhaseStep));
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

void PolyQuad::render(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* mix, f32x4* side, int frames) {
  if (fresh_) run_up(table, cell, at);
  f32x4 voices[kMaxBlock], sides[kMaxBlock];
  oscillate(table, cell, used, at, voices, sides, frames);
  if (!cell.noise.silent()) add_noise(cell.noise.at(at), voices, frames);
  filter(cell, at, voices, sides, frames);
  for (int i = 0; i < frames; ++i) mix[i] += voices[i];
  if (cell.wide)
    for (int i = 0; i < frames; ++i) side[i] += sides[i];
}

// What is heard of the filter, pushed into an amplifier that bends over softly.
f32x4 PolyQuad::shaped(Svf4& first, Svf4& second, const PolyFilterMix& mix, float drive, f32x4 in) const {
  const SvfOutputs out = first.tick(in, filter_now_);
  f32x4 sum = out.low * f32x4(mix.low) + out.band * f32x4(mix.band) + out.high * f32x4(mix.high);
  if (mix.steep > 0) sum += second.tick(out.low, filter_now_).low * f32x4(mix.steep);
  if (drive <= 0) return sum;
  const f32x4 pushed = clamp(sum * f32x4(1 + drive), f32x4(-1.5f), f32x4(1.5f));
  return (pushed - pushed * pushed * pushed * f32x4(4.0f / 27)) * f32x4(1 / std::sqrt(1 + drive));
}

// From oscillators to voices, in place.
void PolyQuad::filter(const PolyCell& cell, int at, f32x4* voices, f32x4* sides, int frames) {
  const bool plain = cell.mix == PolyFilterMix() && cell.mix_before == cell.mix && cell.drive <= 0 && cell.drive_before <= 0;
  Svf4 filter = filter_;
  SvfCoefficients now = filter_now_;
  const SvfCoefficients step = filter_step_;
  f32x4 level = level_;
  for (int i = 0; i < frames; ++i) {
    now.keep += step.keep;
    now.push += step.push;
    now.pull += step.pull;
    level += level_step_;
    if (plain) {
      voices[i] = filter.tick(voices[i], now).low * level;
      if (cell.wide) sides[i] = side_filter_.tick(sides[i], now).low * level;
      continue;
    }
    const float along = float(at + i + 1) / kMaxBlock;
    const PolyFilterMix mix = between(cell.mix_before, cell.mix, along);
    const float drive = lerp(cell.drive_before, cell.drive, along);
    filter_now_ = now;
    voices[i] = shaped(filter, steep_filter_, mix, drive, voices[i]) * level;
    if (cell.wide) sides[i] = shaped(side_filter_, side_steep_filter_, mix, drive, sides[i]) * level;
  }
  filter_ = filter;
  filter_now_ = now;
  level_ = level;
  for (Svf4* each : {&filter_, &steep_filter_, &side_filter_, &side_steep_filter_}) each->settle();
}

// The oscillators are kBlepDelay frames ahead of what is heard; new voices catch up here.
void PolyQuad::run_up(const BlepTable& table, const PolyCell& cell, int at) {
  for (int lane = 0; lane < 4; ++lane) {
    if (!(fresh_ >> lane & 1)) continue;
    BlepLine line, apart;
    line.begin({});
    apart.begin({});
    mix_oscillators(line, apart, table, cell, lane, at, kBlepDelay);
    line.keep(tails_[lane], kBlepDelay);
    apart.keep(apart_tails_[lane], kBlepDelay);
  }
  fresh_ = 0;
}

void PolyQuad::mix_oscillators(BlepLine& line, BlepLine& apart, const BlepTable& table, const PolyCell& cell, int lane, int at,
                               int frames) {
  const int copies = cell.copies > cell.copies_before ? cell.copies : cell.copies_before;
  const float slowest = 0.5f * increment_[0][lane];
  const BlepLevel width = {width_[lane], clampf((cell.width - width_[lane]) / kMaxBlock, -slowest, slowest)};
  for (int i = 0; i < copies; ++i) {
    BlepLine& to = cell.wide && i % 2 ? apart : line;
    float phase = phase_[i][lane];
    if (!cell.main_before.silent())
      to.add(table, cell.wave_before, phase, increment_[i][lane], copy_level(cell, cell.main_before, i).at(at), frames, width);
    to.add(table, cell.wave, phase_[i][lane], increment_[i][lane], copy_level(cell, cell.main, i).at(at), frames, width);
  }
  const float second = increment_[kSecond][lane];
  if (!cell.second.silent())
    line.add(table, cell.second_wave, phase_[kSecond][lane], second, cell.second.at(at), frames, {width.start, width.step > 0.5f * second || width.step < -0.5f * second ? 0 : width.step});
  if (!cell.sub.silent()) line.add(table, Wave::kSine, phase_[kSub][lane], increment_[kSub][lane], cell.sub.at(at), frames);
  width_[lane] = width.at(frames).start;
}

void PolyQuad::oscillate(const BlepTable& table, const PolyCell& cell, int used, int at, f32x4* voices, f32x4* sides, int frames) {
  if (!cell.wide && apart_sounds_) {                 // back in one line: nothing of the other gets lost
    for (int lane = 0; lane < 4; ++lane)
      for (int i = 0; i < kBlepTaps; ++i) tails_[lane].samples[i] += apart_tails_[lane].samples[i];
    for (BlepTail& tail : apart_tails_) tail = {};
  }
  apart_sounds_ = cell.wide;
  BlepLine lines[4], aparts[4];
  for (int lane = 0; lane < 4; ++lane) {
    BlepLine& line = lines[lane];
    BlepLine& apart = aparts[lane];
    if (!(used >> lane & 1)) {
      line.silence();
      if (cell.wide) apart.silence();
      continue;
    }
    line.begin(tails_[lane]);
    if (cell.wide) apart.begin(apart_tails_[lane]);
    mix_oscillators(line, apart, table, cell, lane, at, frames);
    line.keep(tails_[lane], frames);
    if (cell.wide) apart.keep(apart_tails_[lane], frames);
  }
  const auto to_lanes = [&](BlepLine (&from)[4], f32x4* to) {
    for (int i = 0; i < frames; i += 4) {
      for (int lane = 0; lane < 4; ++lane) to[i + lane] = f32x4::load(from[lane].samples() + i);
      transpose(to[i], to[i + 1], to[i + 2], to[i + 3]);
    }
  };
  to_lanes(lines, voices);
  if (!cell.wide) return;
  to_lanes(aparts, sides);
  for (int i = 0; i < frames; ++i) {
    const f32x4 here = voices[i], there = sides[i];
    voices[i] = here + there;
    sides[i] = here - there;
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
