#include "dsp/fft.h"

#include <cmath>

#include "dsp/simd.h"

namespace arietta {

namespace {

struct c32x4 { f32x4 re, im; };      // four complex numbers

c32x4 load(const float* re, const float* im) { return {f32x4::load(re), f32x4::load(im)}; }
c32x4 operator+(c32x4 a, c32x4 b) { return {a.re + b.re, a.im + b.im}; }
c32x4 operator-(c32x4 a, c32x4 b) { return {a.re - b.re, a.im - b.im}; }
c32x4 operator*(c32x4 a, c32x4 b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
c32x4 times_minus_i(c32x4 a) { return {a.im, -a.re}; }
c32x4 conjugate(c32x4 a) { return {a.re, -a.im}; }
c32x4 reversed(c32x4 a) { return {reversed(a.re), reversed(a.im)}; }
c32x4 scaled(c32x4 a, float by) { return {a.re * f32x4(by), a.im * f32x4(by)}; }

struct Four { c32x4 a, b, c, d; };

// The transform of four numbers.
Four of_four(Four x) {
  const c32x4 even_sum = x.a + x.c, even_difference = x.a - x.c;
  const c32x4 odd_sum = x.b + x.d, odd_difference = times_minus_i(x.b - x.d);
  return {even_sum + odd_sum, even_difference + odd_difference, even_sum - odd_sum, even_difference - odd_difference};
}

}  // namespace

bool RealFft::prepare(int size, Arena& arena) {
  if (size < kMinSize || size > kMaxSize || (size & (size - 1)) != 0) return false;
  const int half = size / 2;
  constexpr double kTwoPi = 6.283185307179586;
  for (int k = 0; k < 3; ++k) {
    turn_re_[k] = arena.array<float>(size_t(half / 4));
    turn_im_[k] = arena.array<float>(size_t(half / 4));
    if (turn_re_[k].empty() || turn_im_[k].empty()) return false;
    for (int p = 0; p < half / 4; ++p) {
      turn_re_[k][size_t(p)] = float(std::cos(kTwoPi * p * (k + 1) / half));
      turn_im_[k][size_t(p)] = float(-std::sin(kTwoPi * p * (k + 1) / half));
    }
  }
  real_re_ = arena.array<float>(size_t(half / 2));
  real_im_ = arena.array<float>(size_t(half / 2));
  const span<float> memory = arena.array<float>(size_t(6 * half));
  if (real_re_.empty() || real_im_.empty() || memory.empty()) return false;
  for (int k = 1; k <= half / 2; ++k) {
    real_re_[size_t(k - 1)] = float(std::cos(kTwoPi * k / size));
    real_im_[size_t(k - 1)] = float(-std::sin(kTwoPi * k / size));
  }
  pairs_ = {memory.data(), memory.data() + half};
  work_[0] = {memory.data() + 2 * half, memory.data() + 3 * half};
  work_[1] = {memory.data() + 4 * half, memory.data() + 5 * half};
  half_ = half;
  return true;
}

// Neighbours lie in different transforms of four here, so four transforms run side by side and their results,
// which belong next to each other, are transposed into place.
void RealFft::first_stage(Split from, Split to) const {
  const int quarter = half_ / 4;
  for (int p = 0; p < quarter; p += 4) {
    Four x = of_four({load(from.re + p, from.im + p), load(from.re + p + quarter, from.im + p + quarter),
                      load(from.re + p + 2 * quarter, from.im + p + 2 * quarter),
                      load(from.re + p + 3 * quarter, from.im + p + 3 * quarter)});
    x.b = x.b * load(&turn_re_[0][size_t(p)], &turn_im_[0][size_t(p)]);
    x.c = x.c * load(&turn_re_[1][size_t(p)], &turn_im_[1][size_t(p)]);
    x.d = x.d * load(&turn_re_[2][size_t(p)], &turn_im_[2][size_t(p)]);
    transpose(x.a.re, x.b.re, x.c.re, x.d.re);
    transpose(x.a.im, x.b.im, x.c.im, x.d.im);
    float *re = to.re + 4 * p, *im = to.im + 4 * p;
    x.a.re.store(re), x.b.re.store(re + 4), x.c.re.store(re + 8), x.d.re.store(re + 12);
    x.a.im.store(im), x.b.im.store(im + 4), x.c.im.store(im + 8), x.d.im.store(im + 12);
  }
}

// `stride` transforms of the same kind lie side by side: at least four, which share their turns.
void RealFft::middle_stage(Split from, Split to, int stride) const {
  const int quarter = half_ / 4;
  for (int start = 0; start < quarter; start += stride) {
    const size_t p = size_t(start);
    const c32x4 turn1 = {f32x4(turn_re_[0][p]), f32x4(turn_im_[0][p])};
    const c32x4 turn2 = {f32x4(turn_re_[1][p]), f32x4(turn_im_[1][p])};
    const c32x4 turn3 = {f32x4(turn_re_[2][p]), f32x4(turn_im_[2][p])};
    for (int q = 0; q < stride; q += 4) {
      const float *re = from.re + start + q, *im = from.im + start + q;
      const Four x = of_four({load(re, im), load(re + quarter, im + quarter), load(re + 2 * quarter, im + 2 * quarter),
                              load(re + 3 * quarter, im + 3 * quarter)});
      const c32x4 b = x.b * turn1, c = x.c * turn2, d = x.d * turn3;
      float *out_re = to.re + 4 * start + q, *out_im = to.im + 4 * start + q;
      x.a.re.store(out_re), b.re.store(out_re + stride), c.re.store(out_re + 2 * stride), d.re.store(out_re + 3 * stride);
      x.a.im.store(out_im), b.im.store(out_im + stride), c.im.store(out_im + 2 * stride), d.im.store(out_im + 3 * stride);
    }
  }
}

void RealFft::last_stage_of_two(Split from, Split to) const {
  const int middle = half_ / 2;
  for (int q = 0; q < middle; q += 4) {
    const c32x4 a = load(from.re + q, from.im + q), b = load(from.re + q + middle, from.im + q + middle);
    const c32x4 sum = a + b, difference = a - b;
    sum.re.store(to.re + q), difference.re.store(to.re + q + middle);
    sum.im.store(to.im + q), difference.im.store(to.im + q + middle);
  }
}

RealFft::Split RealFft::transform(Split from) {
  first_stage(from, work_[0]);
  int at = 0, stride = 4;
  for (; stride * 4 <= half_; stride *= 4, at ^= 1) middle_stage(work_[at], work_[at ^ 1], stride);
  if (stride == half_) return work_[at];
  last_stage_of_two(work_[at], work_[at ^ 1]);
  return work_[at ^ 1];
}

void RealFft::forward(const float* time, float* re, float* im) {
  for (int k = 0; k < half_; k += 4) {
    f32x4 even = f32x4::load(time + 2 * k), odd = f32x4::load(time + 2 * k + 4);
    deinterleave(even, odd);
    even.store(pairs_.re + k);
    odd.store(pairs_.im + k);
  }
  const Split z = transform(pairs_);

  re[0] = z.re[0] + z.im[0];
  re[half_] = z.re[0] - z.im[0];
  im[0] = im[half_] = 0;
  for (int k = 1; k <= half_ / 2; k += 4) {
    const int mirror = half_ - k - 3;
    const c32x4 a = load(z.re + k, z.im + k), b = conjugate(reversed(load(z.re + mirror, z.im + mirror)));
    const c32x4 even = scaled(a + b, 0.5f), odd = times_minus_i(scaled(a - b, 0.5f));
    const c32x4 turned = odd * load(&real_re_[size_t(k - 1)], &real_im_[size_t(k - 1)]);
    const c32x4 low = even + turned, high = reversed(conjugate(even - turned));
    low.re.store(re + k), low.im.store(im + k);
    high.re.store(re + mirror), high.im.store(im + mirror);
  }
}

// The inverse of a transform is the transform with real and imaginary parts exchanged on both sides.
void RealFft::inverse(const float* re, const float* im, float* time) {
  const float scale = 0.5f / float(half_);
  pairs_.im[0] = (re[0] + re[half_]) * scale;
  pairs_.re[0] = (re[0] - re[half_]) * scale;
  for (int k = 1; k <= half_ / 2; k += 4) {
    const int mirror = half_ - k - 3;
    const c32x4 a = load(re + k, im + k), b = conjugate(reversed(load(re + mirror, im + mirror)));
    const c32x4 even = scaled(a + b, scale);
    const c32x4 odd = scaled(a - b, scale) * conjugate(load(&real_re_[size_t(k - 1)], &real_im_[size_t(k - 1)]));
    const c32x4 turned = times_minus_i(odd);
    const c32x4 low = even - turned, high = reversed(conjugate(even + turned));
    low.im.store(pairs_.re + k), low.re.store(pairs_.im + k);
    high.im.store(pairs_.re + mirror), high.re.store(pairs_.im + mirror);
  }
  const Split z = transform(pairs_);
  for (int k = 0; k < half_; k += 4) {
    f32x4 even = f32x4::load(z.im + k), odd = f32x4::load(z.re + k);
    interleave(even, odd);
    even.store(time + 2 * k);
    odd.store(time + 2 * k + 4);
  }
}

}  // namespace arietta
