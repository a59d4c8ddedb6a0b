// A voice whose pitch and spectrum are exactly known: harmonics under a glottal slope and five formants.
#pragma once
#include <cmath>
#include <complex>
#include <functional>
#include <vector>

#include "base/random.h"
#include "tests/support/measure.h"

namespace arietta::test {

struct Vowel {
  double formant_hz[5], width_hz[5];
};
inline constexpr Vowel kAh = {{730, 1090, 2440, 3400, 4500}, {80, 90, 120, 150, 200}};
inline constexpr Vowel kEe = {{270, 2290, 3010, 3700, 4600}, {60, 90, 120, 150, 200}};
inline constexpr Vowel kAhOfWoman = {{840, 1254, 2806, 3910, 5175}, {88, 99, 132, 165, 220}};

inline std::complex<double> vowel_gain(const Vowel& vowel, double hz) {
  const std::complex<double> s(0, hz), glottal = s / 180.0;
  std::complex<double> gain = glottal / ((1.0 + glottal) * (1.0 + glottal));
  for (int i = 0; i < 5; ++i) {
    const double f = vowel.formant_hz[i];
    gain *= f * f / (s * s + vowel.width_hz[i] * s + f * f);
  }
  return gain;
}

using PitchAt = std::function<double(double time_s)>;      // Hz

// With soft ends of 30 ms.
inline std::vector<float> sing(const Vowel& vowel, double seconds, double rate, const PitchAt& pitch) {
  const int frames = int(seconds * rate);
  std::vector<double> sum(size_t(frames), 0.0);
  std::vector<std::complex<double>> gains;
  double phase = 0, most = 0;
  for (int i = 0; i < frames; ++i) {
    const double hz = pitch(i / rate), top = std::min(9000.0, 0.45 * rate);
    phase += hz / rate;
    if (i % 48 == 0) {                        // formants stand still, so gains change slowly with pitch only
      gains.clear();
      for (int k = 1; k * hz < top; ++k) gains.push_back(vowel_gain(vowel, k * hz) * std::min(1.0, (top - k * hz) / 1000));
    }
    const std::complex<double> turn = std::polar(1.0, kTau * phase);
    std::complex<double> at = 1;
    for (const std::complex<double>& gain : gains) sum[size_t(i)] += (gain * (at *= turn)).real();
    most = std::max(most, std::fabs(sum[size_t(i)]));
  }
  std::vector<float> out(sum.size());
  const double soft = 0.03 * rate;
  for (int i = 0; i < frames; ++i) {
    const double edge = std::min(1.0, std::min(i, frames - i) / soft);
    out[size_t(i)] = float(0.5 / most * sum[size_t(i)] * (0.5 - 0.5 * std::cos(kTau / 2 * edge)));
  }
  return out;
}

inline PitchAt steady(double hz) {
  return [hz](double) { return hz; };
}
inline PitchAt vibrato(double hz, double cents = 50, double rate_hz = 5.5) {
  return [=](double time_s) { return hz * std::exp2(cents / 1200 * std::sin(kTau * rate_hz * time_s)); };
}

inline void add_noise(std::vector<float>& sound, double below_db, uint64_t seed = 5) {
  Random random(seed);
  const double level = rms(sound) * std::pow(10, -below_db / 20) * std::sqrt(3.0);
  for (float& frame : sound) frame += float(level) * random.bipolar();
}

inline std::vector<float> with_silence(const std::vector<float>& sound, double before_s, double after_s, double rate) {
  std::vector<float> out(size_t(before_s * rate), 0.0f);
  out.insert(out.end(), sound.begin(), sound.end());
  out.resize(out.size() + size_t(after_s * rate), 0.0f);
  return out;
}

// How far the harmonics of `hz` stand from the vowel's true spectrum between 80 and 5000 Hz, gain aside: rms in dB.
inline double envelope_error_db(std::span<const float> x, double rate, double hz, const Vowel& vowel) {
  std::vector<double> off;
  const double top = std::min(5000.0, 0.4 * rate);
  for (int k = 1; k * hz < top; ++k) {
    std::complex<double> sum = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      const double window = 0.5 - 0.5 * std::cos(kTau * (double(i) + 0.5) / double(x.size()));
      sum += window * double(x[i]) * std::polar(1.0, -kTau * k * hz * double(i) / rate);
    }
    off.push_back(db(std::abs(sum)) - db(std::abs(vowel_gain(vowel, k * hz))));
  }
  std::vector<double> sorted = off;
  std::sort(sorted.begin(), sorted.end());
  double square = 0;
  for (const double v : off) square += std::pow(v - sorted[sorted.size() / 2], 2);
  return std::sqrt(square / double(off.size()));
}

// Energy at the harmonics of `hz` against all other energy up to 5 kHz.
inline double harmonics_to_noise_db(std::span<const float> x, double rate, double hz) {
  const std::vector<double> amplitudes = spectrum(x, 15);
  const double bin = rate / 2 / double(amplitudes.size());
  double tone = 0, noise = 0;
  for (size_t i = 4; i < amplitudes.size() && double(i) * bin < 5000; ++i) {
    const double place = double(i) * bin / hz, away = std::fabs(place - std::round(place)) * hz;
    (away < 10 * bin ? tone : noise) += amplitudes[i] * amplitudes[i];
  }
  return 10 * std::log10(tone / std::max(noise, 1e-20));
}

}  // namespace arietta::test
