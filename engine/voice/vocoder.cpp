#include "voice/vocoder.h"

#include <cmath>

#include "dsp/ramp.h"

namespace arietta {
namespace {

constexpr float kLowestHz = 110, kHighestHz = 7200;      // of the bands' middles: from the fundamental to "s"
constexpr float kDamping = 0.28f;                        // bands that meet at half their height, sixteen in six octaves
constexpr float kFollowHz = 35;                          // quick enough for consonants, slower than any voice
constexpr float kHiss = 0.25f;                           // noise in the carrier, for consonants
constexpr float kEvenSeconds = 0.2f;                     // in which it becomes as loud as the voice
constexpr float kMostLevel = 40;                         // so that what is faint in every band stays faint

}  // namespace

void Vocoder::prepare(float sample_rate) {
  sample_rate_ = sample_rate;
  even_ = 1 - std::exp(-1 / (kEvenSeconds * sample_rate));
  follow_ = 1 - std::exp(-6.2832f * kFollowHz / sample_rate);
  for (int quad = 0; quad < kQuads; ++quad) {
    alignas(16) float cycles[4];
    for (int lane = 0; lane < 4; ++lane) {
      const float along = float(4 * quad + lane) / float(4 * kQuads - 1);
      cycles[lane] = kLowestHz * std::exp2(along * std::log2(kHighestHz / kLowestHz)) / sample_rate;
    }
    bands_[quad] = SvfCoefficients::make(f32x4::load(cycles), f32x4(kDamping));
  }
  reset();
}

void Vocoder::reset() {
  for (int quad = 0; quad < kQuads; ++quad) {
    for (int i = 0; i < 2; ++i) {
      ears_[quad][i].clear();
      mouths_[quad][i].clear();
    }
    loudness_[quad] = f32x4(0);
  }
  phase_ = parabola_ = 0;
  heard_ = spoken_ = level_ = 0;
  random_ = Random(11);
}

// A saw as the slope of a parabola, which leaves its aliases faint (V. Valimaki, "Discrete-time synthesis of the sawtooth
// waveform with reduced aliasing", IEEE Signal Processing Letters 12, 2005).
float Vocoder::carrier() {
  phase_ += turn_;
  if (phase_ >= 1) phase_ -= 1;
  const float saw = 2 * phase_ - 1, parabola = saw * saw;
  const float slope = (parabola - parabola_) / (4 * turn_);
  parabola_ = parabola;
  return slope + kHiss * random_.bipolar();
}

void Vocoder::process(const float* voice, float* out, int frames) {
  for (int i = 0; i < frames; ++i) {
    const f32x4 heard(voice[i]), sounding(carrier());
    f32x4 total(0);
    for (int quad = 0; quad < kQuads; ++quad) {
      const SvfCoefficients& c = bands_[quad];
      const f32x4 in = c.damping * ears_[quad][1].tick(c.damping * ears_[quad][0].tick(heard, c).band, c).band;
      loudness_[quad] += f32x4(follow_) * (abs(in) - loudness_[quad]);
      const f32x4 tone = c.damping * mouths_[quad][1].tick(c.damping * mouths_[quad][0].tick(sounding, c).band, c).band;
      total += tone * loudness_[quad];
    }
    out[i] = sum(total);
    heard_ += even_ * (voice[i] * voice[i] - heard_);
    spoken_ += even_ * (out[i] * out[i] - spoken_);
  }
  const float level = std::sqrt(heard_ / (spoken_ + 1e-12f));
  const Ramp ramp(level_, level < kMostLevel ? level : kMostLevel, frames);
  for (int i = 0; i < frames; ++i) out[i] *= ramp.at(i);
  for (int quad = 0; quad < kQuads; ++quad) {
    for (int i = 0; i < 2; ++i) {
      ears_[quad][i].settle();
      mouths_[quad][i].settle();
    }
    loudness_[quad] = flush_denormal(loudness_[quad]);
  }
  heard_ = flush_denormal(heard_);
  spoken_ = flush_denormal(spoken_);
}

}  // namespace arietta
