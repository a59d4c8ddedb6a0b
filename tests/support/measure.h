// Measurements of sound: level, spectrum, pitch, clicks.
#pragma once
#include <algorithm>
#include <cmath>
#include <complex>
#include <span>
#include <vector>

namespace arietta::test {

inline constexpr double kTau = 6.283185307179586;

inline double db(double ratio) { return 20 * std::log10(std::max(ratio, 1e-12)); }

inline double rms(std::span<const float> x) {
  double sum = 0;
  for (float v : x) sum += double(v) * v;
  return x.empty() ? 0 : std::sqrt(sum / double(x.size()));
}
inline double mean(std::span<const float> x) {
  double sum = 0;
  for (float v : x) sum += v;
  return x.empty() ? 0 : sum / double(x.size());
}
inline double peak(std::span<const float> x) {
  double most = 0;
  for (float v : x) most = std::max(most, std::fabs(double(v)));
  return most;
}
inline bool all_finite(std::span<const float> x) {
  return std::all_of(x.begin(), x.end(), [](float v) { return std::isfinite(v); });
}
inline double difference(std::span<const float> a, std::span<const float> b) {
  double most = a.size() == b.size() ? 0 : 1e9;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) most = std::max(most, std::fabs(double(a[i]) - b[i]));
  return most;
}

// The sharpest corner: a click is a step or a kink, and both show in the second difference.
inline double sharpest(std::span<const float> x) {
  double most = 0;
  for (size_t i = 2; i < x.size(); ++i) most = std::max(most, std::fabs(double(x[i]) - 2 * double(x[i - 1]) + x[i - 2]));
  return most;
}

// In place, forwards; the size is a power of two.
inline void fft(std::vector<std::complex<double>>& x) {
  const size_t n = x.size();
  for (size_t i = 1, j = 0; i < n; ++i) {
    size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (size_t size = 2; size <= n; size *= 2) {
    const std::complex<double> turn = std::polar(1.0, -kTau / double(size));
    for (size_t start = 0; start < n; start += size) {
      std::complex<double> w = 1;
      for (size_t i = 0; i < size / 2; ++i, w *= turn) {
        const auto a = x[start + i], b = x[start + i + size / 2] * w;
        x[start + i] = a + b;
        x[start + i + size / 2] = a - b;
      }
    }
  }
}

// Amplitudes of the first 2^bits frames under a Kaiser window whose side lobes are below -150 dB; a sine of
// amplitude 1 reads 1.
inline std::vector<double> spectrum(std::span<const float> x, int bits) {
  const size_t n = size_t(1) << bits;
  const auto i0 = [](double v) {
    double sum = 1, term = 1;
    for (int k = 1; k < 60; ++k) sum += term *= (v / (2 * k)) * (v / (2 * k));
    return sum;
  };
  std::vector<std::complex<double>> values(n);
  double area = 0;
  for (size_t i = 0; i < n && i < x.size(); ++i) {
    const double edge = 2 * double(i) / double(n - 1) - 1;
    const double window = i0(20 * std::sqrt(std::max(0.0, 1 - edge * edge)));
    area += window;
    values[i] = window * x[i];
  }
  fft(values);
  std::vector<double> out(n / 2);
  for (size_t i = 0; i < n / 2; ++i) out[i] = 2 * std::abs(values[i]) / area;
  return out;
}

// Loudest amplitude in a band.
inline double loudest(const std::vector<double>& amplitudes, double from_hz, double to_hz, double rate) {
  const double bin = rate / 2 / double(amplitudes.size());
  double most = 0;
  for (size_t i = 0; i < amplitudes.size(); ++i)
    if (double(i) * bin >= from_hz && double(i) * bin <= to_hz) most = std::max(most, amplitudes[i]);
  return most;
}

// Energy of a band.
inline double energy(const std::vector<double>& amplitudes, double from_hz, double to_hz, double rate) {
  const double bin = rate / 2 / double(amplitudes.size());
  double sum = 0;
  for (size_t i = 0; i < amplitudes.size(); ++i)
    if (double(i) * bin >= from_hz && double(i) * bin < to_hz) sum += amplitudes[i] * amplitudes[i];
  return sum;
}

// Frequency of the partial nearest to `near_hz`, from how fast its phase turns between two windows an eighth of
// a second apart. Good to a few hundredths of a cent.
inline double frequency(std::span<const float> x, double near_hz, double rate) {
  const size_t window = size_t(rate / 4), apart = size_t(rate / 8);
  const auto phase_at = [&](size_t start, double hz) {
    std::complex<double> sum = 0;
    for (size_t i = 0; i < window; ++i) {
      const double shape = 0.5 - 0.5 * std::cos(kTau * (double(i) + 0.5) / double(window));
      sum += shape * double(x[start + i]) * std::polar(1.0, -kTau * hz * double(start + i) / rate);
    }
    return std::arg(sum);
  };
  double hz = near_hz;
  for (int round = 0; round < 3; ++round) {
    const double turned = std::remainder(phase_at(apart, hz) - phase_at(0, hz), kTau);
    hz += turned / kTau * rate / double(apart);
  }
  return hz;
}
inline double cents(double hz, double wanted_hz) { return 1200 * std::log2(hz / wanted_hz); }

}  // namespace arietta::test
