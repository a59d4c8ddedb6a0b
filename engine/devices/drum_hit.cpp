#include "devices/drum_hit.h"

#include <cmath>

#include "dsp/fastmath.h"
#include "dsp/pan.h"

namespace arietta {
namespace {

// Ratios of the square waves under a cymbal, after the analogue machines, and two more for density.
constexpr float kMetalRatios[8] = {1, 1.483f, 1.801f, 2.546f, 2.631f, 3.898f, 4.413f, 5.371f};
constexpr float kTransient = 0.03f;       // a layer shorter than this is the stick, not the drum
constexpr float kSnapSeconds = 0.028f;    // the beater leaves the skin

}  // namespace

// What is left after one cell of a decay that takes `seconds` to -60 dB.
float DrumHit::kept_per_cell(float seconds) const {
  return fast_exp2(-9.96578f * kCell / ((seconds > 0.001f ? seconds : 0.001f) * sample_rate_));
}

void DrumHit::start(const DrumRecipe& recipe, const DrumTouch& touch, float sample_rate) {
  sample_rate_ = sample_rate;
  cell_frame_ = 0;
  random_ = Random(touch.seed);
  fade_.jump(1);
  drive_ = recipe.drive * (0.4f + 1.2f * touch.punch);
  drive_gain_ = drive_ > 0 ? 1 / std::tanh(drive_) : 1;
  const float gain = recipe.level * touch.velocity * touch.velocity * touch.level;
  const PanGains pan = pan_gains(recipe.pan);
  left_ = gain * pan.left;
  right_ = gain * pan.right;
  start_tone(recipe.tone, touch);
  start_layers(recipe, touch);
  loudness_ = gain;
}

void DrumHit::start_tone(const DrumTone& tone, const DrumTouch& touch) {
  has_tone_ = tone.hz > 0;
  const float cycles = tone.hz * std::exp2(touch.tune) / sample_rate_;
  for (int half = 0; half < 2; ++half) {
    alignas(16) float increment[4], level[4], keep[4];
    for (int i = 0; i < 4; ++i) {
      const DrumPartial& partial = tone.partials[half * 4 + i];
      increment[i] = cycles * partial.ratio;
      level[i] = increment[i] < 0.45f ? partial.level : 0;
      keep[i] = kept_per_cell(tone.decay_s * partial.decay * touch.length);
    }
    phase_[half] = 0;
    increment_[half] = f32x4::load(increment);
    ring_[half] = f32x4::load(level);
    ring_keep_[half] = f32x4::load(keep);
    ring_level_[half] = tone.attack_s > 0 ? f32x4(0) : ring_[half];
  }
  bend_ = tone.bend * (0.5f + touch.punch);
  bend_keep_ = kept_per_cell(tone.bend_s);
  snap_ = tone.snap * 2 * touch.punch * (0.4f + 0.6f * touch.velocity);
  snap_keep_ = kept_per_cell(kSnapSeconds);
  pitch_ = 1 + bend_ + snap_;
  swell_ = tone.attack_s > 0 ? 0 : 1;
  swell_per_cell_ = tone.attack_s > 0 ? kCell / (tone.attack_s * sample_rate_) : 1;
}

void DrumHit::start_layers(const DrumRecipe& recipe, const DrumTouch& touch) {
  alignas(16) float share[4], damping[4], hz[4], fall[4], low[4], band[4], high[4];
  alignas(16) float size[4], tail[4], keep[4], tail_keep[4], rise[4];
  has_metal_ = falls_ = false;
  for (int i = 0; i < 4; ++i) {
    const DrumLayer& layer = recipe.layers[i];
    const bool transient = layer.decay_s < kTransient && layer.bursts == 1;
    const float level = layer.level * (transient ? 2 * touch.punch : 1);
    has_metal_ |= layer.metal > 0 && level > 0;
    falls_ |= layer.fall > 0;
    share[i] = layer.metal;
    damping[i] = 1 / layer.q;
    hz[i] = std::log2(layer.hz / sample_rate_) + touch.tune + 0.7f * (touch.velocity - 0.8f);
    fall[i] = layer.fall;
    low[i] = layer.filter == DrumFilter::kLow ? 1 : 0;
    band[i] = layer.filter == DrumFilter::kBand ? damping[i] : 0;      // unit gain at the centre
    high[i] = layer.filter == DrumFilter::kHigh ? 1 : 0;
    size[i] = level * (1 - layer.tail);
    tail[i] = level * layer.tail;
    const float length = transient ? 1 : touch.length;
    keep[i] = kept_per_cell(layer.decay_s * length);
    tail_keep[i] = kept_per_cell(layer.tail_s * length);
    rise[i] = layer.attack_s > 0 ? kCell / (layer.attack_s * sample_rate_) : 1;
    gap_[i] = until_burst_[i] = layer.gap_s * sample_rate_ / kCell;
    bursts_left_[i] = layer.bursts - 1;
  }
  metal_share_ = f32x4::load(share);
  damping_ = f32x4::load(damping);
  hz_ = f32x4::load(hz);
  fall_ = f32x4::load(fall);
  low_ = f32x4::load(low);
  band_ = f32x4::load(band);
  high_ = f32x4::load(high);
  burst_ = burst_size_ = f32x4::load(size);
  burst_keep_ = f32x4::load(keep);
  tail_size_ = f32x4::load(tail);
  tail_ = select(f32x4(float(bursts_left_[0]), float(bursts_left_[1]), float(bursts_left_[2]), float(bursts_left_[3])) >
                     f32x4(0), f32x4(0), tail_size_);                  // it rings on after the last burst
  tail_keep_ = f32x4::load(tail_keep);
  rise_per_cell_ = f32x4::load(rise);
  rise_ = select(rise_per_cell_ < f32x4(1), f32x4(0), f32x4(1));
  level_ = (burst_ + tail_) * rise_;
  filter_.clear();

  for (int half = 0; half < 2; ++half) {
    const f32x4 lowest(recipe.metal_hz * std::exp2(touch.tune) / sample_rate_);
    alignas(16) float phase[4];            // one by one: compilers differ in the order of arguments
    for (float& each : phase) each = random_.unit();
    square_phase_[half] = f32x4::load(phase);
    square_increment_[half] = f32x4::load(kMetalRatios + half * 4) * lowest;
  }
  aim_filters();
  // The square waves have been running for ever: without this, the first one would be a spike.
  for (int i = 0; has_metal_ && i < kCell; ++i) filter_.tick(f32x4(metal()) * metal_share_, coefficients_);
}

void DrumHit::aim_filters() {
  const f32x4 fallen = fall_ * (f32x4(1) - burst_ / max(burst_size_, f32x4(1e-6f)));
  coefficients_ = SvfCoefficients::make(fast_exp2(hz_ - fallen), damping_);
}

// The next hand of a clap, the next tooth of a guiro; never quite in time.
void DrumHit::strike_again() {
  for (int i = 0; i < 4; ++i) {
    if (bursts_left_[i] == 0 || (until_burst_[i] -= 1) > 0) continue;
    until_burst_[i] += gap_[i] * (0.9f + 0.2f * random_.unit());
    burst_ = select(only_lane(i), burst_size_ * f32x4(0.85f + 0.15f * random_.unit()), burst_);
    rise_ = select(only_lane(i) & (rise_per_cell_ < f32x4(1)), f32x4(0), rise_);
    if (--bursts_left_[i] == 0) tail_ = select(only_lane(i), tail_size_, tail_);
  }
}

void DrumHit::begin_cell() {
  constexpr float kPerFrame = 1.0f / kCell;
  bend_ *= bend_keep_;
  snap_ *= snap_keep_;
  pitch_step_ = (1 + bend_ + snap_ - pitch_) * kPerFrame;
  swell_ = swell_ + swell_per_cell_ < 1 ? swell_ + swell_per_cell_ : 1;
  for (int half = 0; half < 2; ++half) {
    ring_[half] *= ring_keep_[half];
    ring_step_[half] = (ring_[half] * f32x4(swell_) - ring_level_[half]) * f32x4(kPerFrame);
  }

  burst_ *= burst_keep_;
  tail_ *= tail_keep_;
  strike_again();
  rise_ = min(rise_ + rise_per_cell_, f32x4(1));
  level_step_ = ((burst_ + tail_) * rise_ - level_) * f32x4(kPerFrame);
  if (falls_) aim_filters();
  filter_.settle();

  const bool more = bursts_left_[0] || bursts_left_[1] || bursts_left_[2] || bursts_left_[3];
  loudness_ = more ? 1 : sum(ring_[0] + ring_[1]) + sum(burst_ + tail_);
}

// Square waves and, for density, their products two by two. Naive ones: their aliases are as inharmonic as they are.
float DrumHit::metal() {
  f32x4 square[2];
  for (int half = 0; half < 2; ++half) {
    square_phase_[half] = fraction(square_phase_[half] + square_increment_[half]);
    square[half] = select(square_phase_[half] < f32x4(0.5f), f32x4(1), f32x4(-1));
  }
  return 0.8f * sum(square[0] + square[1] + square[0] * square[1]);
}

void DrumHit::render(float* left, float* right, int frames) {
  for (int i = 0; i < frames; ++i) {
    if (cell_frame_ == 0) begin_cell();
    if (++cell_frame_ == kCell) cell_frame_ = 0;

    const float noise = random_.bipolar();
    const f32x4 hiss = has_metal_ ? lerp(f32x4(noise), f32x4(metal()), metal_share_) : f32x4(noise);
    const SvfOutputs filtered = filter_.tick(hiss, coefficients_);
    level_ += level_step_;
    f32x4 voice = (filtered.low * low_ + filtered.band * band_ + filtered.high * high_) * level_;

    if (has_tone_) {
      pitch_ += pitch_step_;
      for (int half = 0; half < 2; ++half) {
        ring_level_[half] += ring_step_[half];
        voice += sine_of_turns(phase_[half]) * ring_level_[half];
        phase_[half] = fraction(phase_[half] + increment_[half] * f32x4(pitch_));
      }
    }
    float out = sum(voice);
    if (drive_ > 0) out = lane_of(fast_tanh(f32x4(out * drive_)), 0) * drive_gain_;
    out *= fade_.at(i);
    left[i] += out * left_;
    right[i] += out * right_;
  }
  fade_.advance(frames);
}

}  // namespace arietta
