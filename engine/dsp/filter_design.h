// Second-order filters that keep the shape of their analogue originals up to the highest frequencies: no cramping at
// the top, as the bilinear transform has. Poles by impulse invariance, zeros so that the magnitude is right at 0, at the
// filter's frequency and near the top.
// M. Vicanek, "Matched second order digital filters", 2016; prototypes after R. Bristow-Johnson, "Audio EQ cookbook".
// Frequencies are given in cycles per frame and limited to 0.48. Pure.                              [any]
#pragma once

namespace arietta {

// One second-order section as a state-variable filter (see svf.h): its step, and what of it is heard. It may move to
// any other section in straight lines without becoming unstable.
struct FilterSection {
  float keep = 1, push = 0, pull = 0;          // of the two states
  float direct = 1, band = 0, low = 0;         // of the input, the band-pass and the low-pass

  bool flat() const { return direct == 1 && band == 0 && low == 0; }
};

FilterSection low_cut(double frequency, double q);
FilterSection high_cut(double frequency, double q);
// A bell that is `octaves` wide where it has half its decibels.
FilterSection bell(double frequency, double octaves, double gain_db);
FilterSection low_shelf(double frequency, double gain_db);
FilterSection high_shelf(double frequency, double gain_db);

// Between nothing (0) and the whole section (1): how a filter is switched on without a click.
FilterSection faded(FilterSection section, float amount);

}  // namespace arietta
