#include "dsp/reverb_fdn.h"

#include <cmath>

#include "base/mathx.h"
#include "dsp/denormal.h"
#include "dsp/fastmath.h"
#include "dsp/ramp.h"

namespace arietta {
namespace {

static_assert(kMaxBlock == 32, "rows_ holds one block");

// Frames at 48 kHz. Primes, spread evenly over the logarithm: no two delays share an echo. 24 to 116 ms, together nearly
// a second: as many resonances a hertz, too close to be heard one by one (with 0.6 s some stood out by 15 dB).
constexpr int kDelays[16] = {1151, 1279, 1423, 1579, 1759, 1949, 2179, 2411,
                             2677, 2971, 3301, 3671, 4079, 4547, 5039, 5591};
constexpr int kDiffusions[2][4] = {{113, 179, 337, 541}, {127, 167, 353, 523}};
constexpr float kDiffusion = 0.65f;
constexpr float kBreathFrames = 14;         // at 48 kHz; up to three cents of pitch, felt rather than heard
constexpr float kLowCutHz = 90;             // rooms that boom make a mix muddy
constexpr int kShortest = kMaxBlock + 16;   // what reading a block at a time needs

float scaled(int frames_at_48k, float sample_rate) {
  const float frames = std::round(float(frames_at_48k) * sample_rate / 48000);
  return frames < kShortest ? float(kShortest) : frames;
}

float breath_hz(int line) { return 0.23f + 0.043f * float(line * 7 % 16); }

}  // namespace

bool ReverbFdn::prepare(Arena& arena, float sample_rate) {
  sample_rate_ = sample_rate;
  bool fits = true;
  for (int side = 0; side < 2; ++side) {
    for (int i = 0; i < kDiffusers; ++i) {
      Diffuser& diffuser = diffusers_[side][i];
      diffuser.delay = int(scaled(kDiffusions[side][i], sample_rate));
      fits = diffuser.line.prepare(arena, diffuser.delay) && fits;
    }
  }
  for (int i = 0; i < kLines; ++i) {
    delay_[i] = scaled(kDelays[i], sample_rate) + kBreathFrames;
    fits = lines_[i].prepare(arena, int(delay_[i] + 2 * kBreathFrames)) && fits;
  }
  if (!fits) return false;
  set(2, 6000);
  reset();
  return true;
}

void ReverbFdn::reset() {
  for (auto& side : diffusers_)
    for (Diffuser& diffuser : side) diffuser.line.reset();
  for (DelayLine& line : lines_) line.reset();
  for (f32x4& state : damped_) state = 0;
  for (int i = 0; i < kLines; ++i) {
    breath_phase_[i] = float(i * 5 % kLines) / kLines;
    breath_[i] = kBreathFrames * sine_of_turns(breath_phase_[i]);
  }
  low_cut_[0] = low_cut_[1] = 0;
  for (int i = 0; i < kLines / 4; ++i) damping_[i] = next_damping_[i];
  wet_gain_ = next_wet_gain_;
}

void ReverbFdn::set(float decay_s, float tone_hz) {
  const float cosine = std::cos(2 * kPi * clampf(tone_hz / sample_rate_, 0.001f, 0.45f));
  alignas(16) float pass[kLines], keep[kLines];
  for (int i = 0; i < kLines; ++i) {
    // Each round trip takes this off; a one-pole that takes it off once more at tone_hz halves the decay there.
    const float round = std::exp2(-9.96578f * delay_[i] / (decay_s * sample_rate_));
    const float off = 1 - round * round, b = 1 - round * round * cosine;
    const float pole = (b - std::sqrt(b * b - off * off)) / off;
    pass[i] = round * (1 - pole);
    keep[i] = pole;
  }
  for (int i = 0; i < kLines / 4; ++i) next_damping_[i] = {f32x4::load(pass + 4 * i), f32x4::load(keep + 4 * i)};
  // A long decay piles up echoes; this keeps the loudness of what is put in.
  const float mean_delay = delay_[kLines / 2];
  next_wet_gain_ = 2 * std::sqrt(1 - std::exp2(-2 * 9.96578f * mean_delay / (decay_s * sample_rate_)));
}

// Schroeder all-passes: one echo becomes many, no frequency is favoured.
void ReverbFdn::diffuse(float* samples, int side, int frames) {
  const f32x4 gain(kDiffusion);
  for (Diffuser& diffuser : diffusers_[side]) {
    const float* past = diffuser.line.past(diffuser.delay);
    alignas(16) float into[kMaxBlock];
    for (int i = 0; i < frames; i += 4) {
      const f32x4 delayed = f32x4::load(past + i);
      const f32x4 fed = f32x4::load(samples + i) + gain * delayed;
      (delayed - gain * fed).store(samples + i);
      fed.store(into + i);
    }
    diffuser.line.write(into, frames);
  }
}

void ReverbFdn::read_lines(int frames) {
  for (int i = 0; i < kLines; ++i) {
    breath_phase_[i] += breath_hz(i) * float(frames) / sample_rate_;
    breath_phase_[i] -= float(int(breath_phase_[i]));
  }
  for (int i = 0; i < kLines; i += 4) {
    alignas(16) float breath[4];
    (f32x4(kBreathFrames) * sine_of_turns(f32x4::load(breath_phase_ + i))).store(breath);
    for (int k = 0; k < 4; ++k) {
      const int line = i + k;
      read_moving(lines_[line], delay_[line] + breath_[line], delay_[line] + breath[k], rows_[line], frames);
      breath_[line] = breath[k];
    }
  }
}

// The one-poles run along time, four lines at once.
void ReverbFdn::damp(int frames) {
  for (int group = 0; group < kLines / 4; ++group) {
    f32x4 pass = damping_[group].pass, keep = damping_[group].keep;
    const f32x4 per_frame(1.0f / float(frames));
    const f32x4 pass_step = (next_damping_[group].pass - pass) * per_frame;
    const f32x4 keep_step = (next_damping_[group].keep - keep) * per_frame;
    f32x4 state = damped_[group];
    float(*rows)[32] = rows_ + group * 4;
    for (int i = 0; i < frames; i += 4) {
      f32x4 tile[4];
      for (int k = 0; k < 4; ++k) tile[k] = f32x4::load(rows[k] + i);
      transpose(tile[0], tile[1], tile[2], tile[3]);
      for (int k = 0; k < 4 && i + k < frames; ++k) {
        pass += pass_step;
        keep += keep_step;
        tile[k] = state = tile[k] * pass + state * keep;
      }
      transpose(tile[0], tile[1], tile[2], tile[3]);
      for (int k = 0; k < 4; ++k) tile[k].store(rows[k] + i);
    }
    damped_[group] = flush_denormal(state);
    damping_[group] = next_damping_[group];
  }
}

// Hadamard's matrix by butterflies; a quarter keeps the energy.
void ReverbFdn::mix_lines(int frames) {
  for (int i = 0; i < frames; i += 4) {
    f32x4 value[kLines];
    for (int line = 0; line < kLines; ++line) value[line] = f32x4::load(rows_[line] + i) * f32x4(0.25f);
    for (int span = 1; span < kLines; span *= 2) {
      for (int line = 0; line < kLines; ++line) {
        if (line & span) continue;
        const f32x4 a = value[line], b = value[line + span];
        value[line] = a + b;
        value[line + span] = a - b;
      }
    }
    for (int line = 0; line < kLines; ++line) value[line].store(rows_[line] + i);
  }
}

void ReverbFdn::process(Block io) {
  const float cut = 1 - std::exp2(-9.0647f * kLowCutHz / sample_rate_);      // 2 pi / ln 2
  float* sides[2] = {io.left, io.right};
  for (int side = 0; side < 2; ++side) {
    for (int i = 0; i < io.frames; ++i) {
      low_cut_[side] += (sides[side][i] - low_cut_[side]) * cut;
      sides[side][i] -= low_cut_[side];
    }
    low_cut_[side] = flush_denormal(low_cut_[side]);
    diffuse(sides[side], side, io.frames);
  }

  read_lines(io.frames);
  damp(io.frames);
  alignas(16) float wet[2][kMaxBlock];
  const Ramp loudness(wet_gain_, next_wet_gain_, io.frames);
  for (int i = 0; i < io.frames; i += 4) {
    for (int side = 0; side < 2; ++side) {                   // a side hears every other line, signs alternating
      f32x4 heard(0);
      for (int line = side; line < kLines; line += 4)
        heard += f32x4::load(rows_[line] + i) - f32x4::load(rows_[line + 2] + i);
      (heard * loudness.four_at(i)).store(wet[side] + i);
    }
  }
  mix_lines(io.frames);
  alignas(16) float into[kMaxBlock];
  for (int line = 0; line < kLines; ++line) {
    const f32x4 share(line & 4 ? -0.35355f : 0.35355f);      // eight lines share a side's energy
    for (int i = 0; i < io.frames; i += 4)
      (f32x4::load(rows_[line] + i) + f32x4::load(sides[line & 1] + i) * share).store(into + i);
    lines_[line].write(into, io.frames);
  }
  for (int side = 0; side < 2; ++side)
    for (int i = 0; i < io.frames; i += 4) f32x4::load(wet[side] + i).store(sides[side] + i);
}

}  // namespace arietta
