#include "voice/grain.h"

#include <cmath>

#include "dsp/fastmath.h"

namespace arietta {
namespace {

constexpr int kBefore = kKernelTaps / 2 - 1;      // taps before the place that is read

// From 0 to 1 along half a cosine while x goes from 0 to 1.
f32x4 half_cosine(f32x4 x) {
  return f32x4(0.5f) + f32x4(0.5f) * sine_of_turns(clamp(x, f32x4(0), f32x4(1)) * f32x4(0.5f) - f32x4(0.25f));
}

}  // namespace

void Grain::set(double source, double place, float centre, float before, float after, float formant, float gain) {
  source_ = source;
  place_ = place;
  begin_ = centre - before;
  centre_ = centre;
  end_ = centre + after;
  formant_ = formant;
  gain_ = gain;
  const double shift = source - place;
  const float row = float(shift - std::floor(shift)) * kKernelRows;
  const int low = int(row) < kKernelRows ? int(row) : kKernelRows - 1;
  const float* a = grain_kernel().rows[0][low];
  const float* b = grain_kernel().rows[0][low + 1];
  for (int i = 0; i < kKernelTaps; i += 4)
    lerp(f32x4::load(a + i), f32x4::load(b + i), f32x4(row - float(low))).store(taps_ + i);
}

void Grain::add_to(float* out, int64_t start, int frames, const VoiceInput& input) const {
  const double from = begins() - double(start), to = ends() - double(start);
  if (to <= 0 || from >= double(frames)) return;
  const int first = from > 0 ? int(from) & ~3 : 0;
  const int last = to < double(frames) ? (int(to) + 4) & ~3 : frames;
  if (formant_ == 1) add_in_step(out, start, first, last, input);
  else add_resampled(out, start, first, last, input);
}

void Grain::add_in_step(float* out, int64_t start, int first, int last, const VoiceInput& input) const {
  const float* x = input.at(start + int64_t(std::floor(source_ - place_)) - kBefore);
  const float since = float(double(start) - place_);
  const f32x4 gain(gain_), per_rise(1 / (centre_ - begin_)), per_fall(1 / (end_ - centre_));
  for (int i = first; i < last; i += 4) {
    const f32x4 v = f32x4(since + float(i)) + lane_numbers();
    const f32x4 window = half_cosine((v - f32x4(begin_)) * per_rise) - half_cosine((v - f32x4(centre_)) * per_fall);
    f32x4 even(0), odd(0);
    for (int tap = 0; tap < kKernelTaps; tap += 2) {
      even += f32x4(taps_[tap]) * f32x4::load(x + i + tap);
      odd += f32x4(taps_[tap + 1]) * f32x4::load(x + i + tap + 1);
    }
    (f32x4::load(out + i) + gain * window * (even + odd)).store(out + i);
  }
}

void Grain::add_resampled(float* out, int64_t start, int first, int last, const VoiceInput& input) const {
  int band = formant_ > 1 ? int(3 * std::log2(formant_) + 0.9f) : 0;
  if (band >= kKernelBands) band = kKernelBands - 1;
  const float per_rise = 1 / (centre_ - begin_), per_fall = 1 / (end_ - centre_);
  for (int i = first; i < last; i += 4) {
    alignas(16) float read[4];
    const float since = float(double(start + i) - place_);
    for (int lane = 0; lane < 4; ++lane) {
      const double at = source_ + double((since + float(lane)) * formant_);
      const double whole = std::floor(at);
      const int64_t from = int64_t(whole) - kBefore;
      const float* row = grain_kernel().rows[band][int(float(at - whole) * kKernelRows + 0.5f)];
      const float* x = input.at(from);
      f32x4 total(0);
      for (int tap = 0; tap < kKernelTaps; tap += 4) total += f32x4::load(row + tap) * f32x4::load(x + tap);
      read[lane] = from + kKernelTaps <= input.end() ? sum(total) : 0;
    }
    const f32x4 v = (f32x4(since) + lane_numbers()) * f32x4(formant_);
    const f32x4 window = half_cosine((v - f32x4(begin_)) * f32x4(per_rise)) - half_cosine((v - f32x4(centre_)) * f32x4(per_fall));
    (f32x4::load(out + i) + f32x4(gain_) * window * f32x4::load(read)).store(out + i);
  }
}

}  // namespace arietta
