#include "stretch/phase_turner.h"

#include <algorithm>
#include <cmath>

#include "dsp/fastmath.h"

namespace arietta {

namespace {

constexpr float kMiddleFrom = -0.3f, kMiddleTo = 0.28f;   // of a hop: where an onset looks like a steady sound
constexpr float kOnItsSide = 0.4f;                        // of the way from the middle to the onset: beyond is its own

}  // namespace

bool PhaseTurner::prepare(int fft_size, int hop, Arena& arena) {
  fft_size_ = fft_size;
  hop_ = hop;
  bins_ = fft_size / 2 + 1;
  for (span<float>* values : {&energy_, &angle_re_, &angle_im_, &turn_re_, &turn_im_}) {
    *values = arena.array<float>(size_t(bins_ + 3) / 4 * 4);
    if (values->empty()) return false;
  }
  return true;
}

void PhaseTurner::compare(const Spectrum now[2], const Spectrum before[2], const Spectrum out[2]) {
  for (int bin = 0; bin < bins_; bin += 4) {
    f32x4 energy(0), angle_re(0), angle_im(0);
    for (int channel = 0; channel < 2; ++channel) {
      const f32x4 re = f32x4::load(now[channel].re + bin), im = f32x4::load(now[channel].im + bin);
      const f32x4 b_re = f32x4::load(before[channel].re + bin), b_im = f32x4::load(before[channel].im + bin);
      const f32x4 o_re = f32x4::load(out[channel].re + bin), o_im = f32x4::load(out[channel].im + bin);
      energy += re * re + im * im;
      angle_re += o_re * b_re + o_im * b_im;
      angle_im += o_im * b_re - o_re * b_im;
    }
    energy.store(&energy_[size_t(bin)]);
    angle_re.store(&angle_re_[size_t(bin)]);
    angle_im.store(&angle_im_[size_t(bin)]);
  }
}

// From the lowest bin between two peaks to the next one all bins turn with the peak. A peak is above two bins on
// either side.
void PhaseTurner::lock_regions() {
  const float* e = energy_.data();
  int region = 0, peak = -1, lowest = 0;
  for (int block = 2; block < bins_ - 2; block += 4) {
    const f32x4 here = f32x4::load(e + block);
    const mask4 above = (here > f32x4::load(e + block - 1)) & (here >= f32x4::load(e + block + 1)) &
                        (here > f32x4::load(e + block - 2)) & (here >= f32x4::load(e + block + 2));
    int found = bits(above);
    for (int bin = block; bin < block + 4; ++bin, found >>= 1) {
      lowest = e[bin] < e[lowest] ? bin : lowest;
      if ((found & 1) == 0 || bin >= bins_ - 2) continue;
      if (peak >= 0) {
        turn_region(region, peak, lowest);
        region = lowest;
      }
      peak = lowest = bin;
    }
  }
  turn_region(region, peak, bins_);
}

void PhaseTurner::turn_region(int from, int peak, int to) {
  float re = 0, im = 0;
  for (int bin = peak - 1; peak >= 0 && bin <= peak + 1; ++bin) {
    re += angle_re_[size_t(bin)];
    im += angle_im_[size_t(bin)];
  }
  const float length = std::sqrt(re * re + im * im);
  const bool known = length > 1e-20f;                  // after silence nothing goes on
  const float scale = known ? 1 / length : 0;
  std::fill(&turn_re_[size_t(from)], &turn_re_[0] + to, known ? re * scale : 1.0f);
  std::fill(&turn_im_[size_t(from)], &turn_im_[0] + to, im * scale);
}

void PhaseTurner::delay_onsets(const Spectrum now[2], const Spectrum before[2], span<const SeenOnset> onsets) {
  for (const SeenOnset& onset : onsets) {
    // In the middle of the window nothing tells an onset from a steady sound; one hop earlier it was well to the right.
    const bool in_the_middle = onset.offset > kMiddleFrom * float(hop_) && onset.offset < kMiddleTo * float(hop_);
    if (in_the_middle) delay_onset(before, onset.offset + float(hop_), onset);
    else delay_onset(now, onset.offset, onset);
  }
}

void PhaseTurner::turn(const Spectrum now[2], const Spectrum out[2]) const {
  for (int channel = 0; channel < 2; ++channel) {
    for (int bin = 0; bin < bins_; bin += 4) {
      const f32x4 re = f32x4::load(now[channel].re + bin), im = f32x4::load(now[channel].im + bin);
      const f32x4 turn_re = f32x4::load(&turn_re_[size_t(bin)]), turn_im = f32x4::load(&turn_im_[size_t(bin)]);
      (re * turn_re - im * turn_im).store(out[channel].re + bin);
      (re * turn_im + im * turn_re).store(out[channel].im + bin);
    }
  }
}

// `seen` has the onset at `offset`.
void PhaseTurner::delay_onset(const Spectrum seen[2], float offset, const SeenOnset& onset) {
  const float side = offset > 0 ? 1.0f : -1.0f;
  const float border = kOnItsSide * offset / float(fft_size_);         // in turns per bin, as a delay is
  const float cosine = sine_of_turns(border + 0.25f), sine = sine_of_turns(border);
  const float delay = -onset.shift / float(fft_size_);
  const double four_bins = 2 * 3.14159265358979323846 * 4 * double(delay);   // from four bins to the next; its error
  const f32x4 on_re(float(std::cos(four_bins))), on_im(float(std::sin(four_bins)));   // adds up, so no fast sine
  const f32x4 turns = f32x4(delay) * (f32x4(1) + lane_numbers());
  f32x4 delay_re = f32x4(onset.gain) * sine_of_turns(turns + f32x4(0.25f));
  f32x4 delay_im = f32x4(onset.gain) * sine_of_turns(turns);
  for (int bin = 1; bin < bins_ - 1; bin += 4) {
    f32x4 c_re(0), c_im(0);                                            // neighbours against each other
    for (int channel = 0; channel < 2; ++channel) {
      const float *re = seen[channel].re + bin, *im = seen[channel].im + bin;
      const f32x4 low_re = f32x4::load(re - 1), low_im = f32x4::load(im - 1);
      const f32x4 mid_re = f32x4::load(re), mid_im = f32x4::load(im);
      const f32x4 high_re = f32x4::load(re + 1), high_im = f32x4::load(im + 1);
      c_re += mid_re * (high_re + low_re) + mid_im * (high_im + low_im);
      c_im += mid_re * (high_im - low_im) - mid_im * (high_re - low_re);
    }
    const mask4 belongs = f32x4(side) * (c_re * f32x4(sine) + c_im * f32x4(cosine)) < f32x4(0);
    float *turn_re = &turn_re_[size_t(bin)], *turn_im = &turn_im_[size_t(bin)];
    select(belongs, delay_re, f32x4::load(turn_re)).store(turn_re);
    select(belongs, delay_im, f32x4::load(turn_im)).store(turn_im);
    const f32x4 next_re = delay_re * on_re - delay_im * on_im;
    delay_im = delay_re * on_im + delay_im * on_re;
    delay_re = next_re;
  }
}

}  // namespace arietta
