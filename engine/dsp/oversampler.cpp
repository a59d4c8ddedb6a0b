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

void interleave(const float* even, const float* odd, float* out, int frames) {
  for (int i = 0; i < frames; ++i) {
    out[2 * i] = even[i];
    out[2 * i + 1] = odd[i];
  }
}

void take_apart(const float* in, float* even, float* odd, int frames) {
  for (int i = 0; i < frames; ++i) {
    even[i] = in[2 * i];
    odd[i] = in[2 * i + 1];
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
  double sum = 0;
  for (int j = 0; j < kTaps; ++j) {
    const double n = 2 * j + 1, place = n / (2 * kTaps);
    taps_[j] = float(std::sin(kPi64 * n / 2) / (kPi64 * n) * bessel_i0(kBeta * std::sqrt(1 - place * place)) / bessel_i0(kBeta));
    sum += double(taps_[j]);
  }
  for (float& tap : taps_) tap *= float(0.25 / sum);         // a constant passes unchanged
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
    for (int j = 0; j < kTaps; ++j) between += f32x4(2 * taps_[j]) * (f32x4::load(x + i - j) + f32x4::load(x + i + 1 + j));
    f32x4::load(x + i).store(even + i);
    between.store(odd + i);
  }
  keep(in_, kPast, frames);
}

template <int kTaps, int kFrames, bool kLateDown>
void HalfBand<kTaps, kFrames, kLateDown>::down(const float* even, const float* odd, float* out, int frames) {
  append(even_, kPast, even, frames);
  append(odd_, kPast, odd, frames);
  // The middle is an even frame, or the odd one before it; the taps are of the other kind.
  const float* middle = (kLateDown ? odd_ - 1 : even_) + kPast - kTaps + 1;
  const float* beside = (kLateDown ? even_ : odd_) + kPast - kTaps;
  for (int i = 0; i < frames; i += 4) {
    f32x4 sum = f32x4(0.5f) * f32x4::load(middle + i);
    for (int j = 0; j < kTaps; ++j) sum += f32x4(taps_[j]) * (f32x4::load(beside + i - j) + f32x4::load(beside + i + 1 + j));
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
  alignas(16) float twice[kMaxBlock * 2 + 8], four_times[kMaxBlock * 4 + 8];
  first_.up(in, even, odd, frames);
  interleave(even, odd, twice, frames);
  second_.up(twice, even, odd, 2 * frames);
  interleave(even, odd, four_times, 2 * frames);
  third_.up(four_times, even, odd, 4 * frames);
}

void Oversampler::down(const float* even, const float* odd, float* out, int frames) {
  alignas(16) float joined[kMaxBlock * 4 + 8], apart[2][kMaxBlock * 2 + 8];
  third_.down(even, odd, joined, 4 * frames);
  take_apart(joined, apart[0], apart[1], 2 * frames);
  second_.down(apart[0], apart[1], joined, 2 * frames);
  take_apart(joined, apart[0], apart[1], frames);
  first_.down(apart[0], apart[1], out, frames);
}

}  // namespace arietta
