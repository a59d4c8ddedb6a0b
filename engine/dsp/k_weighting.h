// How the ear weighs pitch, roughly: a shelf that lifts what the head makes louder, and a high-pass. Two sections of
// second order; at 48 kHz they have the coefficients printed in ITU-R BS.1770-4, at other rates the same response.
// The analogue values are those of B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement",
// AES Convention 145, 2018.
#pragma once
#include <cmath>

namespace arietta {

class KWeighting {
 public:
  void prepare(double sample_rate) {                                                             // [setup]
    constexpr double kShelfHz = 1681.974450955533, kShelfQ = 0.7071752369554196, kShelfDb = 3.999843853973347;
    constexpr double kHighPassHz = 38.13547087602444, kHighPassQ = 0.5003270373238773;
    const double high = std::pow(10, kShelfDb / 20), middle = std::pow(high, 0.4996667741545416);
    const double k = std::tan(kPiExactly * kShelfHz / sample_rate), a0 = 1 + k / kShelfQ + k * k;
    shelf_ = {(high + middle * k / kShelfQ + k * k) / a0, 2 * (k * k - high) / a0,
              (high - middle * k / kShelfQ + k * k) / a0, 2 * (k * k - 1) / a0, (1 - k / kShelfQ + k * k) / a0};
    const double h = std::tan(kPiExactly * kHighPassHz / sample_rate), h0 = 1 + h / kHighPassQ + h * h;
    high_pass_ = {1, -2, 1, 2 * (h * h - 1) / h0, (1 - h / kHighPassQ + h * h) / h0};
    reset();
  }
  void reset() { shelf_.first = shelf_.second = high_pass_.first = high_pass_.second = 0; }      // [audio]

  double next(double in) { return high_pass_.next(shelf_.next(in)); }                            // [audio]

  // Once a block: state below -600 dB is nothing, and never a denormal number.                  [audio]
  void flush() {
    for (double* state : {&shelf_.first, &shelf_.second, &high_pass_.first, &high_pass_.second})
      if (*state < 1e-30 && *state > -1e-30) *state = 0;
  }

 private:
  static constexpr double kPiExactly = 3.14159265358979323846;

  struct Section {                           // transposed direct form II
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0, first = 0, second = 0;
    double next(double in) {
      const double out = b0 * in + first;
      first = b1 * in - a1 * out + second;
      second = b2 * in - a2 * out;
      return out;
    }
  };

  Section shelf_, high_pass_;
};

}  // namespace arietta
