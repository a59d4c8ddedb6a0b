#include "devices/modal_voice.h"

#include <cmath>

#include "base/mathx.h"

namespace arietta {
namespace {

constexpr float kHalvings = 9.96578f;         // to -60 dB
constexpr float kUsualPlace = 0.3f;           // of the way from the middle to the end: where the table's levels hold
constexpr float kMain = 0.7f, kTwin = 0.3f;   // how loud the two of a pair are
constexpr float kHighest = 0.45f;             // cycles per frame: a mode above is not there
constexpr float kInaudible = 2e-6f;
constexpr float kLongestContact = 0.8f;       // swings of the first mode
constexpr float kEvenness = 0.75f, kMostHelp = 12;   // a soft mallet is struck harder, a needle on a bright bell more softly
constexpr float kKnock_s = 0.03f;

// How far a free bar swings in mode `n` (1 the lowest) at `x` of its length, up to the middle
// (Fletcher and Rossing 2.9).
float bar_shape(int n, float x) {
  const float a = (float(n) + 0.5f) * kPi * x;
  return std::cos(a) - std::sin(a) + std::exp(-a);
}

float place_weight(ModalShape shape, int mode, float ratio, float place) {
  if (shape != ModalShape::kBar) return std::pow(ratio > 0.2f ? ratio : 0.2f, (shape == ModalShape::kPlate ? 1.4f : 0.7f) * (place - kUsualPlace));
  if (mode > 4) return 1;
  const float here = std::fabs(bar_shape(mode + 1, 0.5f - 0.48f * place));
  const float usual = std::fabs(bar_shape(mode + 1, 0.5f - 0.48f * kUsualPlace));
  return clampf((here + 0.05f) / (usual > 0.3f ? usual : 0.3f), 0.02f, 3);
}

}  // namespace

ModalVoice::Place ModalVoice::place_of(int mode, bool twin) {
  if (mode < 8) return {mode / 4 * 2 + int(twin), mode % 4};
  return {mode / 4 + 2, mode % 4};
}

void ModalVoice::start(const ModalTouch& touch, float key, float bend, float velocity, uint32_t seed, float sample_rate) {
  const ModalKind& kind = modal_kind(touch.sound);
  sample_rate_ = sample_rate;
  random_ = Random(seed);
  const float hz = key_to_hz(key), octaves_up = (key - 72) / 12;
  base_octaves_ = std::log2(hz / sample_rate);
  const float hardness = clampf(touch.hardness + 0.3f * (velocity - 0.7f), 0, 1);
  // High notes are struck with harder mallets: one that stayed longer than a swing would stop the note.
  const float usual = std::fmin(kind.contact_s * std::exp2(-0.3f * octaves_up), kLongestContact / hz);
  const float contact = std::fmin(usual * std::exp2(4.4f * (0.5f - hardness)), 1.5f * kLongestContact / hz);
  contact_frames_ = int(contact * sample_rate) + 2;
  force_ = kind.level * velocity * std::sqrt(velocity) / float(contact_frames_);
  const float ring_s = kind.ring_s * std::exp2(-kind.ring_register * octaves_up);

  alignas(16) float octaves[kVectors][4] = {}, loss[kVectors][4] = {}, push[kVectors][4] = {}, bloom[kVectors][4] = {};
  float usual_sum = 0, sum = 0;
  int last = 0;
  for (int i = 0; i < kMostModes && kind.modes[i].level > 0; ++i) {
    const ModalMode& mode = kind.modes[i];
    const float ratio = std::pow(mode.ratio, touch.stretch);
    if (ratio * hz > kHighest * sample_rate) continue;
    // The push itself holds back what is faster than it; the table's levels have that in them already.
    const float swing = 2.2f * ratio * hz * usual, undo = 1 + swing * swing;
    const float level = mode.level * (undo < 40 ? undo : 40) * place_weight(kind.shape, i, mode.ratio, touch.place) *
                        std::pow(mode.ratio > 0.3f ? mode.ratio : 0.3f, touch.tilt);
    const float pushed = 2.2f * ratio * hz * contact;
    usual_sum += mode.level;
    sum += level / (1 + pushed * pushed);
    const bool pair = i < 8 && kind.pairs * touch.shimmer > 0;
    const float split = kind.pairs * touch.shimmer * (0.6f + 0.8f * random_.unit()) / (1 + 0.25f * float(i));
    for (int twin = 0; twin <= int(pair); ++twin) {
      const Place at = place_of(i, twin);
      // The two lie so that what is heard of both together is where the key says.
      octaves[at.vector][at.lane] = std::log2(ratio * (1 + (twin ? split * kMain : pair ? -split * kTwin : 0)));
      loss[at.vector][at.lane] = kHalvings / (ring_s * mode.ring * sample_rate);
      push[at.vector][at.lane] = level * (pair ? (twin ? kTwin : kMain) : 1);
      bloom[at.vector][at.lane] = i < 2 ? 0 : mode.level * (random_.next() & 1 ? 1.0f : -1.0f);
      if (at.vector >= last) last = at.vector + 1;
    }
  }
  active_ = last;
  const float wanted = usual_sum / (sum > 1e-6f ? sum : 1e-6f);
  force_ *= std::fmin(std::pow(wanted, kEvenness), kMostHelp);
  for (int v = 0; v < kVectors; ++v) {
    octaves_[v] = f32x4::load(octaves[v]);
    loss_[v] = f32x4::load(loss[v]);
    push_[v] = f32x4::load(push[v]);
    bloom_push_[v] = f32x4::load(bloom[v]);
    x_[v] = y_[v] = 0;
  }
  ring_ = touch.ring;
  damp_loss_ = 0;
  tune(bend);

  frame_ = 0;
  knock_ = kind.knock * touch.knock * kind.level * velocity * velocity * (0.3f + 1.4f * hardness);
  knock_frames_ = knock_ > 0 ? int(kKnock_s * sample_rate) : 0;
  knock_turn_ = 2 * sine_of_turns(0.5f * clampf(kind.knock_hz * std::exp2(0.35f * octaves_up + hardness - 0.5f) / sample_rate, 0.001f, 0.15f));
  knock_low_ = knock_band_ = 0;
  bloom_ = 0.05f * touch.bloom * kind.level * velocity * velocity;
  bloom_frames_ = bloom_ > 0 ? int(touch.bloom_s * sample_rate) : 0;
  fade_ = 1;
  fade_step_ = 0;
  loudness_ = velocity;
}

// Angles from octaves, all modes at once; what a turn shrinks by is exact whatever the rounding of the sine.
void ModalVoice::tune(float bend) {
  bend_ = bend;
  for (int v = 0; v < active_; ++v) {
    const f32x4 turns = min(fast_exp2(octaves_[v] + f32x4(base_octaves_ + bend / 12)), f32x4(0.49f));
    const f32x4 s = sine_of_turns(turns), c = sine_of_turns(turns + f32x4(0.25f));
    const f32x4 loss = max(loss_[v] * f32x4(1 / ring_), f32x4(damp_loss_));
    const f32x4 size = fast_exp2(-loss) / sqrt(s * s + c * c);
    cos_[v] = c * size;
    sin_[v] = s * size;
  }
}

void ModalVoice::damp(float seconds) {
  damp_loss_ = kHalvings / (seconds * sample_rate_);
  bloom_frames_ = 0;
  tune(bend_);
}

void ModalVoice::fade(float seconds) { fade_step_ = -fade_ / (seconds * sample_rate_); }

void ModalVoice::control(const ModalTouch& touch, float bend) {
  trim();
  if (bend == bend_ && touch.ring == ring_) return;
  ring_ = touch.ring;
  tune(bend);
}

void ModalVoice::render(float* near, float* far, int frames) {
  alignas(16) float close[kMaxBlock] = {}, wide[kMaxBlock] = {};
  const int busy = contact_frames_ > knock_frames_ ? contact_frames_ : knock_frames_;
  if (frame_ < (busy > bloom_frames_ ? busy : bloom_frames_)) excite(close, wide, frames);
  else turn(close, wide, frames);
  for (int i = 0; i < frames; ++i) {
    fade_ = fade_ + fade_step_ > 0 ? fade_ + fade_step_ : 0;
    near[i] += close[i] * fade_;
    far[i] += wide[i] * fade_;
  }
  frame_ += frames;
}

// While mallet or bloom still drive the modes.
void ModalVoice::excite(float* near, float* far, int frames) {
  for (int i = 0; i < frames; ++i) {
    const int now = frame_ + i;
    const float force = now < contact_frames_ ? force_ * (1 - sine_of_turns((float(now) + 0.5f) / float(contact_frames_) + 0.25f)) : 0;
    const float noise = random_.bipolar();
    float rise = 0;
    if (now < bloom_frames_) {
      const float t = float(now) / float(bloom_frames_);
      rise = bloom_ * noise * t * (1 - t) * (1 - t) * 6.75f;       // peaks at 1, a third of the way
    }
    f32x4 close(0), wide(0);
    for (int v = 0; v < active_; ++v) {
      const f32x4 x = cos_[v] * x_[v] - sin_[v] * y_[v] + push_[v] * f32x4(force) + bloom_push_[v] * f32x4(rise);
      y_[v] = sin_[v] * x_[v] + cos_[v] * y_[v];
      x_[v] = x;
      (v & 1 ? wide : close) += x;
    }
    float knock = 0;
    if (now < knock_frames_) {
      const float left = 1 - float(now) / float(knock_frames_);
      knock_low_ += knock_turn_ * knock_band_;
      knock_band_ += knock_turn_ * (noise * left * left * left * left - knock_low_ - 0.9f * knock_band_);
      knock = knock_ * knock_band_;
    }
    near[i] = sum(close) + knock;
    far[i] = sum(wide) + knock;
  }
}

void ModalVoice::turn(float* near, float* far, int frames) {
  f32x4 close[kMaxBlock], wide[kMaxBlock];
  for (int i = 0; i < kMaxBlock; ++i) close[i] = wide[i] = 0;
  for (int v = 0; v < active_; ++v) {
    f32x4 x = x_[v], y = y_[v];
    const f32x4 c = cos_[v], s = sin_[v];
    f32x4* out = v & 1 ? wide : close;
    for (int i = 0; i < frames; ++i) {
      const f32x4 turned = c * x - s * y;
      y = s * x + c * y;
      x = turned;
      out[i] += x;
    }
    x_[v] = x;
    y_[v] = y;
  }
  for (int i = 0; i < frames; ++i) {
    near[i] = sum(close[i]);
    far[i] = sum(wide[i]);
  }
}

// Vectors whose modes have died are left out, from the highest down.
void ModalVoice::trim() {
  loudness_ = 0;
  for (int v = 0; v < active_; ++v) {
    x_[v] = flush_denormal(x_[v]);
    y_[v] = flush_denormal(y_[v]);
    loudness_ += sum(abs(x_[v]) + abs(y_[v]));
  }
  if (frame_ < contact_frames_ || frame_ < bloom_frames_ || frame_ < knock_frames_) return;
  while (active_ > 0 && sum(abs(x_[active_ - 1]) + abs(y_[active_ - 1])) < kInaudible) --active_;
}

}  // namespace arietta
