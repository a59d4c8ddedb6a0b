// Questions to an effect: what it does to an impulse, to a tone, to a level.
#pragma once
#include "tests/support/measure.h"
#include "tests/support/player.h"

namespace arietta::test {

// What comes out after one sample of 1 on the sides wanted; `settled` frames of silence first.
inline Stereo impulse_response(Player& effect, int frames, bool left = true, bool right = true) {
  const int at = effect.now;
  effect.input = [=](int frame, int side) { return frame == at && (side ? right : left) ? 1.0f : 0.0f; };
  return effect.render(frames);
}

// Decibels at one frequency, from an impulse response that has ended.
inline double response_db(std::span<const float> impulse, double hz, double rate = 48000) {
  std::complex<double> sum = 0;
  for (size_t i = 0; i < impulse.size(); ++i) sum += double(impulse[i]) * std::polar(1.0, -kTau * hz * double(i) / rate);
  return db(std::abs(sum));
}

// A steady tone through the effect, after it has settled for `settle` frames.
inline Stereo tone_through(Player& effect, double hz, double amplitude, int frames, int settle = 24000, double rate = 48000) {
  effect.input = [=](int frame, int) { return float(amplitude * std::sin(kTau * hz * frame / rate)); };
  effect.render(settle);
  return effect.render(frames);
}

// Amplitude of one partial of a sound of whole periods.
inline double partial(std::span<const float> x, double hz, double rate = 48000) {
  std::complex<double> sum = 0;
  for (size_t i = 0; i < x.size(); ++i) sum += double(x[i]) * std::polar(1.0, -kTau * hz * double(i) / rate);
  return 2 * std::abs(sum) / double(x.size());
}

// The loudest, up to `top_hz`, of what is neither the tone nor one of its harmonics nor constant, against the loudest
// partial.
inline double alias_floor_db(std::span<const float> x, int bits, double hz, double top_hz = 24000, double rate = 48000) {
  const std::vector<double> s = spectrum(x, bits);
  const double bin = rate / double(size_t(2) << (bits - 1));
  double most = 0, worst = 0;
  for (size_t i = 20; i < s.size() && double(i) * bin < top_hz; ++i) {
    most = std::max(most, s[i]);
    const double harmonic = std::remainder(double(i) * bin, hz);
    if (std::fabs(harmonic) > 16 * bin) worst = std::max(worst, s[i]);
  }
  return db(worst / most);
}

}  // namespace arietta::test
