#include "analyse/chroma.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "analyse/frames.h"

namespace arietta {
namespace {

constexpr double kWindowSeconds = 0.3;            // parts semitones from 60 Hz up
constexpr double kLowestHz = 60, kHighestHz = 2000;   // above, partials outnumber notes
constexpr float kFarBelow = 1e-5f;                // -50 dB under the frame's highest peak: not a note
constexpr double kTau = 6.283185307179586;

constexpr double kOvertoneShare = 0.8;            // what a note's overtones are taken to have of its own weight, at most
constexpr int kOvertones = 12;
constexpr double kSame = 0.4;                     // semitones

struct Peak { double key, weight; };              // key: MIDI number with fraction

std::vector<Peak> peaks_of(span<const float> power, double bin_hz) {
  std::vector<Peak> peaks;
  const size_t from = size_t(kLowestHz / bin_hz) + 2, to = std::min(size_t(kHighestHz / bin_hz), power.size() - 2);
  float highest = 0;
  for (size_t i = from; i < to; ++i) highest = std::max(highest, power[i]);
  for (size_t i = from; i < to; ++i) {
    if (power[i] <= power[i - 1] || power[i] < power[i + 1] || power[i] < highest * kFarBelow || power[i] < 1e-11f) continue;
    const double left = std::log(double(power[i - 1]) + 1e-30), middle = std::log(double(power[i])), right = std::log(double(power[i + 1]) + 1e-30);
    const double bend = left - 2 * middle + right;
    const double hz = (double(i) + (bend < 0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0)) * bin_hz;
    peaks.push_back({69 + 12 * std::log2(hz / 440), std::pow(double(power[i]), 0.25)});     // the root of the amplitude
  }
  return peaks;
}

// Peaks that overtones of lower ones explain count only for what is left of them: the fifth that every string and voice
// carries is not in the music.
void take_overtones_away(std::vector<Peak>& peaks) {
  for (size_t i = 0; i < peaks.size(); ++i) {
    double explained = 0;
    for (size_t j = 0; j < i; ++j) {
      const double ratio = std::exp2((peaks[i].key - peaks[j].key) / 12), whole = std::round(ratio);
      if (whole < 2 || whole > kOvertones || std::fabs(12 * std::log2(ratio / whole)) > kSame) continue;
      explained = std::max(explained, kOvertoneShare * peaks[j].weight);
    }
    peaks[i].weight = std::max(0.0, peaks[i].weight - explained);
  }
}

}  // namespace

Chromas find_chromas(span<const float> mono, float sample_rate) {
  Chromas chromas;
  Frames frames(mono, sample_rate, kWindowSeconds, 1 / kChromasPerSecond);
  std::vector<std::vector<Peak>> peaks;
  std::complex<double> lean = 0;                  // every peak's place between semitones, as a direction
  for (size_t f = 0; f < frames.count(); ++f) {
    peaks.push_back(peaks_of(frames.power(f), frames.bin_hz()));
    for (const Peak& peak : peaks.back()) lean += peak.weight * std::polar(1.0, kTau * peak.key);
  }
  const double tuning = std::arg(lean) / kTau;    // semitones
  chromas.tuning_cents = 100 * tuning;
  for (std::vector<Peak>& frame : peaks) {
    take_overtones_away(frame);
    Chroma chroma{};
    for (const Peak& peak : frame) {
      const double key = peak.key - tuning, nearest = std::round(key), off = std::cos(kTau / 2 * (key - nearest));
      chroma[size_t((int(nearest) % 12 + 12) % 12)] += float(peak.weight * off * off);
    }
    chromas.frames.push_back(chroma);
  }
  return chromas;
}

}  // namespace arietta
