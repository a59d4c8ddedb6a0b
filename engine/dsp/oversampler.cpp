#include "dsp/oversampler.h"

#include <cmath>

namespace arietta {
namespace {

constexpr double kBeta = 8.96;                 // Kaiser's shape for a stop band of -90 dB
constexpr double kPi64 = 3.14159265358979324;

double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
  return sum;
}

// In fours of the slower side.
void take_turns(const float* even, const float* odd, float* out, int frames) {
  for (int i = 0; i < frames; i += 4) {
    f32x4 a = f32x4::load(even + i), b = f32x4::load(odd + i);
    interleave(a, b);
    a.store(out + 2 * i);
    b.store(out + 2 * i + 4);
  }
}

void take_apart(const float* in, float* even, float* odd, int frames) {
  for (int i = 0; i < frames; i += 4) {
    f32x4 a = f32x4::load(in + 2 * i), b = f32x4::load(in + 2 * i + 4);
    deinterleave(a, b);
    a.store(even + i);
    b.store(odd + i);
  }
}

// Appends a block to what is kept of the past; keep() then lets go of the oldest.
void append(float* kept, int past, const float* block, int frames) {
  for (int i = 0; i < frames; i += 4) f32x4::load(block + i).store(kept + past + i);
}
void keep(float* kept, int past, int frames) {
  for (int i = 0; i < past; ++i) kept[i] = kept[i + frames];
}

}  // namespace

template <int kTaps, int kFrames, bool kLateDown>
HalfBand<kTaps, kFrames, kLateDown>::HalfBand() {
  double sum = 0, taps[kTaps];
  for (int j = 0; j < kTaps; ++j) {
    const double n = 2 * j + 1, place = n / (2 * kTaps);
    taps[j] = std::sin(kPi64 * n / 2) / (kPi64 * n) * bessel_i0(kBeta * std::sqrt(1 - place * place)) / bessel_i0(kBeta);
    sum += taps[j];
  }
  for (int j = 0; j < kTaps; ++j) taps_[j] = f32x4(float(taps[j] * 0.25 / sum));     // a constant passes unchanged
  reset();
}

template <int kTaps, int kFrames, bool kLateDown>
void HalfBand<kTaps, kFrames, kLateDown>::reset() {
  for (float* kept : {in_, even_, odd_})
    for (int i = 0; i < kPast + kFrames + 4; ++i) kept[i] = 0;
}

template <int kTaps, int kFrames, bool kLateDown>
void HalfBand<kTaps, kFrames, kLateDown>::up(const float* in, float* even, float* odd, int frames) {
  append(in_, kPast, in, frames);
  const float* x = in_ + kPast - kTaps;                      // the frame that is now in the middle
  for (int i = 0; i < frames; i += 4) {
    f32x4 between(0);
    for (int j = 0; j < kTaps; ++j) between += taps_[j] * (f32x4::load(x + i - j) + f32x4::load(x + i + 1 + j));
    f32x4::load(x + i).store(even + i);
    (between + between).store(odd + i);
  }
  keep(in_, kPast, frames);
}

template <int kTaps, int kFrames, bool kLateDown>
void HalfBand<kTaps, kFrames, kLateDown>::down(const float* even, const float* odd, float* out, int frames) {
  append(even_, kPast, even, frames);
  append(odd_, kPast, odd, frames);
  // The middle is an even frame, or the odd one before it; the taps are of the other kind.
  const float* middle = (kLateDown ? odd_ : even_ + 1) + kPast - kTaps;
  const float* beside = (kLateDown ? even_ : odd_) + kPast - kTaps;
  for (int i = 0; i < frames; i += 4) {
    f32x4 sum = f32x4(0.5f) * f32x4::load(middle + i);
    for (int j = 0; j < kTaps; ++j) sum += taps_[j] * (f32x4::load(beside + i - j) + f32x4::load(beside + i + 1 + j));
    sum.store(out + i);
  }
  keep(even_, kPast, frames);
  keep(odd_, kPast, frames);
}

template class HalfBand<20, kMaxBlock, false>;
template class HalfBand<6, kMaxBlock * 2, true>;
template class HalfBand<5, kMaxBlock * 4, false>;

void Oversampler::reset() {
  first_.reset();
  second_.reset();
  third_.reset();
}

void Oversampler::up(const float* in, float* even, float* odd, int frames) {
  alignas(16) float twice[kMaxBlock * 2 + 8] = {}, four_times[kMaxBlock * 4 + 8] = {};
  first_.up(in, even, odd, frames);
  take_turns(even, odd, twice, frames);
  second_.up(twice, even, odd, 2 * frames);
  take_turns(even, odd, four_times, 2 * frames);
  third_.up(four_times, even, odd, 4 * frames);
}

void Oversampler::down(const float* even, const float* odd, float* out, int frames) {
  alignas(16) float joined[kMaxBlock * 4 + 8] = {}, apart[2][kMaxBlock * 2 + 8] = {};
  third_.down(even, odd, joined, 4 * frames);
  take_apart(joined, apart[0], apart[1], 2 * frames);
  second_.down(apart[0], apart[1], joined, 2 * frames);
  take_apart(joined, apart[0], apart[1], frames);
  first_.down(apart[0], apart[1], out, frames);
}

}  // namespace arietta
