#include "dsp/filter_design.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr double kHighest = 0.48;            // cycles per frame
constexpr double kHighestMatch = 0.3;        // of the filter's own frequency; above, the two matches would say the same
constexpr double kTopMatch = 0.42;           // the second match: 20 kHz at 48 kHz, the top of hearing

// (n2 s^2 + n1 s + n0) / (d2 s^2 + d1 s + d0), with s in units of the filter's frequency.
struct Prototype {
  double n2, n1, n0, d2, d1, d0;

  double power(double s) const {
    const double above = (n0 - n2 * s * s) * (n0 - n2 * s * s) + n1 * n1 * s * s;
    const double below = (d0 - d2 * s * s) * (d0 - d2 * s * s) + d1 * d1 * s * s;
    return above / below;
  }
};

struct Biquad { double b0, b1, b2, a1, a2; };

Biquad matched(const Prototype& analogue, double frequency) {
  const double w0 = kTwoPi * std::min(frequency, kHighest);
  const double pole = w0 * std::sqrt(analogue.d0 / analogue.d2);
  const double damping = analogue.d1 / (2 * std::sqrt(analogue.d0 * analogue.d2));
  const double spread = std::sqrt(std::fabs(1 - damping * damping)) * pole;
  const double shrink = std::exp(-damping * pole);
  const double a1 = -2 * shrink * (damping <= 1 ? std::cos(spread) : std::cosh(spread)), a2 = shrink * shrink;

  // Vicanek's squared-magnitude form: |H|^2 = (B0 p0 + B1 p1 + B2 p2) / (A0 p0 + A1 p1 + A2 p2).
  const double A0 = (1 + a1 + a2) * (1 + a1 + a2), A1 = (1 - a1 + a2) * (1 - a1 + a2), A2 = -4 * a2;
  const double B0 = A0 * analogue.power(0);
  struct Match { double p1, p2, rest; };
  const auto match = [&](double cycles) {
    const double p1 = std::pow(std::sin(kTwoPi / 2 * cycles), 2), p0 = 1 - p1, p2 = 4 * p0 * p1;
    return Match{p1, p2, analogue.power(kTwoPi * cycles / w0) * (A0 * p0 + A1 * p1 + A2 * p2) - B0 * p0};
  };
  const Match own = match(std::min(frequency, kHighestMatch)), top = match(kTopMatch);
  const double whole = own.p1 * top.p2 - top.p1 * own.p2;
  const double B1 = std::max(0.0, (own.rest * top.p2 - top.rest * own.p2) / whole);
  const double B2 = (own.rest - B1 * own.p1) / own.p2;

  const double w = 0.5 * (std::sqrt(B0) + std::sqrt(B1));
  const double b0 = 0.5 * (w + std::sqrt(std::max(0.0, w * w + B2)));
  return {b0, 0.5 * (std::sqrt(B0) - std::sqrt(B1)), -B2 / (4 * b0), a1, a2};
}

// What cuts as much as `boost` boosts.
Biquad inverted(const Biquad& boost) {
  return {1 / boost.b0, boost.a1 / boost.b0, boost.a2 / boost.b0, boost.b1 / boost.b0, boost.b2 / boost.b0};
}

FilterSection as_section(const Biquad& f) {
  const double at_0 = 1 + f.a1 + f.a2, at_top = 1 - f.a1 + f.a2;
  const double g = std::sqrt(at_0 / at_top), whole = 4 / at_top;
  const double damping = (1 - f.a2) * whole / (2 * g);
  const double low = (f.b0 + f.b1 + f.b2) / at_0, high = (f.b0 - f.b1 + f.b2) / at_top;
  const double band = (f.b0 - f.b2) * whole / (2 * g);
  const double push = 2 * g / whole;
  return {float(2 / whole - 1), float(push), float(g * push), float(high), float(band - high * damping), float(low - high)};
}

// A gain of nothing is exactly nothing, so that the filter may rest.
FilterSection shaped(const Biquad& boost, bool inverse, double gain_db) {
  return faded(as_section(inverse ? inverted(boost) : boost), gain_db == 0 ? 0.0f : 1.0f);
}

double root_of_gain(double gain_db) { return std::pow(10, gain_db / 40); }

}  // namespace

FilterSection low_cut(double frequency, double q) { return as_section(matched({1, 0, 0, 1, 1 / q, 1}, frequency)); }
FilterSection high_cut(double frequency, double q) { return as_section(matched({0, 0, 1, 1, 1 / q, 1}, frequency)); }

FilterSection bell(double frequency, double octaves, double gain_db) {
  const double a = root_of_gain(std::fabs(gain_db)), q = 1 / (2 * std::sinh(0.34657359 * octaves));   // ln 2 / 2
  const Biquad boost = matched({1, a / q, 1, 1, 1 / (a * q), 1}, frequency);
  return shaped(boost, gain_db < 0, gain_db);
}

// The boost of a low shelf and the cut of a high one have their poles lower than the filter's frequency, where they
// are matched best; the other two are their inverses.
FilterSection low_shelf(double frequency, double gain_db) {
  const double a = root_of_gain(std::fabs(gain_db)), slope = std::sqrt(2 * a);
  const Biquad boost = matched({a, a * slope, a * a, a, slope, 1}, frequency);
  return shaped(boost, gain_db < 0, gain_db);
}

FilterSection high_shelf(double frequency, double gain_db) {
  const double a = root_of_gain(-std::fabs(gain_db)), slope = std::sqrt(2 * a);
  const Biquad cut = matched({a * a, a * slope, a, 1, slope, a}, frequency);
  return shaped(cut, gain_db > 0, gain_db);
}

FilterSection faded(FilterSection section, float amount) {
  section.direct = 1 + (section.direct - 1) * amount;
  section.band *= amount;
  section.low *= amount;
  return section;
}

}  // namespace arietta
