#include "stretch/phase_turner.h"

#include <algorithm>
#include <cmath>

#include "dsp/fastmath.h"

namespace arietta {

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

void PhaseTurner::turn(const Spectrum now[2], const Spectrum before[2], span<const SeenOnset> onsets, const Spectrum out[2]) {
  find_turns(now, before, out);
  lock_regions();
  for (const SeenOnset& onset : onsets) {
    // Near the middle of the window an onset looks like a steady sound; one hop earlier it was well to the right.
    const bool in_the_middle = onset.offset < 0.125f * float(fft_size_) && onset.offset > -0.5f * float(hop_);
    if (in_the_middle) mark_onset(before, onset.offset + float(hop_), onset);
    else mark_onset(now, onset.offset, onset);
  }
  for (int channel = 0; channel < 2; ++channel) {
    for (int bin = 0; bin < bins_; bin += 4) {
      const f32x4 re = f32x4::load(now[channel].re + bin), im = f32x4::load(now[channel].im + bin);
      const f32x4 turn_re = f32x4::load(&turn_re_[size_t(bin)]), turn_im = f32x4::load(&turn_im_[size_t(bin)]);
      (re * turn_re - im * turn_im).store(out[channel].re + bin);
      (re * turn_im + im * turn_re).store(out[channel].im + bin);
    }
  }
}

void PhaseTurner::find_turns(const Spectrum now[2], const Spectrum before[2], const Spectrum out[2]) {
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

// From the lowest bin between two peaks to the next one all bins turn with the peak.
void PhaseTurner::lock_regions() {
  const float* e = energy_.data();
  int region = 0;                    // first bin without a turn
  int peak = -1;
  const auto close = [&](int end) {
    float re = 1, im = 0;
    if (peak >= 0) {
      float sum_re = 0, sum_im = 0;
      for (int bin = peak - 1; bin <= peak + 1; ++bin) sum_re += angle_re_[size_t(bin)], sum_im += angle_im_[size_t(bin)];
      const float length = std::sqrt(sum_re * sum_re + sum_im * sum_im);
      if (length > 1e-20f) re = sum_re / length, im = sum_im / length;
    }
    std::fill(&turn_re_[size_t(region)], &turn_re_[0] + end, re);
    std::fill(&turn_im_[size_t(region)], &turn_im_[0] + end, im);
    region = end;
  };
  int lowest = 0;
  for (int bin = 2; bin < bins_ - 2; ++bin) {
    if (e[bin] < e[lowest]) lowest = bin;
    const bool is_peak = e[bin] > e[bin - 1] && e[bin] >= e[bin + 1] && e[bin] > e[bin - 2] && e[bin] >= e[bin + 2];
    if (!is_peak) continue;
    if (peak >= 0) close(lowest);
    peak = bin;
    lowest = bin;
  }
  close(bins_);
}

// `seen` has the onset at `offset`.
void PhaseTurner::mark_onset(const Spectrum seen[2], float offset, const SeenOnset& onset) {
  const float side = offset > 0 ? 1.0f : -1.0f;
  const float half_turn = 0.5f * offset / float(fft_size_);             // half way to the onset, in turns per bin
  const float cosine = sine_of_turns(half_turn + 0.25f), sine = sine_of_turns(half_turn);
  const float step = -onset.shift / float(fft_size_);                  // a delay, in turns per bin
  for (int bin = 1; bin < bins_ - 1; ++bin) {
    float c_re = 0, c_im = 0;
    for (int channel = 0; channel < 2; ++channel) {
      const float *re = seen[channel].re + bin, *im = seen[channel].im + bin;
      c_re += re[1] * re[0] + im[1] * im[0] + re[0] * re[-1] + im[0] * im[-1];
      c_im += im[1] * re[0] - re[1] * im[0] + im[0] * re[-1] - re[0] * im[-1];
    }
    if (side * (-c_re * sine - c_im * cosine) <= 0) continue;
    turn_re_[size_t(bin)] = onset.gain * sine_of_turns(step * float(bin) + 0.25f);
    turn_im_[size_t(bin)] = onset.gain * sine_of_turns(step * float(bin));
  }
}

}  // namespace arietta
