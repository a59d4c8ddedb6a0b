#include "analyse/bars.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr double kChordWeight = 1, kBassWeight = 0.5, kSnareWeight = 0.35;
constexpr double kThreeIsRare = 0.12;         // what a bar of three must fit better by
constexpr double kBeatWindow_s = 0.03;

// Of what sounds between two beats, each moment counting the same.
Chroma chroma_between(const Chromas& chromas, double from_s, double to_s) {
  Chroma sum{};
  const size_t from = size_t(std::max(0.0, from_s * kChromasPerSecond + 0.5));
  const size_t to = std::min(std::max(size_t(to_s * kChromasPerSecond + 0.5), from + 1), chromas.frames.size());
  for (size_t f = from; f < to; ++f)
    for (size_t i = 0; i < 12; ++i) sum[i] += chromas.frames[f][i];
  return sum;
}

double difference(const Chroma& a, const Chroma& b) {
  double both = 0, x = 0, y = 0;
  for (size_t i = 0; i < 12; ++i) both += double(a[i]) * double(b[i]), x += double(a[i]) * double(a[i]), y += double(b[i]) * double(b[i]);
  return x > 0 && y > 0 ? 1 - both / std::sqrt(x * y) : 0;
}

float highest_near(const std::vector<float>& curve, double time_s) {
  const int64_t from = int64_t((time_s - kBeatWindow_s) * kOnsetsPerSecond), to = int64_t((time_s + kBeatWindow_s) * kOnsetsPerSecond);
  float highest = 0;
  for (int64_t i = std::max<int64_t>(from, 0); i <= to && i < int64_t(curve.size()); ++i) highest = std::max(highest, curve[size_t(i)]);
  return highest;
}

// Mean 0 and spread 1, so that kinds of evidence can be added.
void standardise(std::vector<double>& values) {
  double mean = 0, square = 0;
  for (double v : values) mean += v / double(values.size());
  for (double v : values) square += (v - mean) * (v - mean) / double(values.size());
  for (double& v : values) v = square > 1e-9 ? std::clamp((v - mean) / std::sqrt(square), -2.0, 2.0) : 0;
}

double mean_at(const std::vector<double>& values, size_t first, size_t step) {
  double sum = 0;
  size_t count = 0;
  for (size_t i = first; i < values.size(); i += step) sum += values[i], ++count;
  return count ? sum / double(count) : 0;
}

}  // namespace

Bars find_bars(const Beats& beats, const Onsets& onsets, const Chromas& chromas) {
  const std::vector<double>& times = beats.times_s;
  Bars best;
  if (times.size() < 8) return best;
  std::vector<double> chord, bass, snare;
  const double last_period = times.back() - times[times.size() - 2];
  Chroma before{};
  for (size_t i = 0; i < times.size(); ++i) {
    const double end = i + 1 < times.size() ? times[i + 1] : times[i] + last_period;
    const Chroma now = chroma_between(chromas, times[i], end);
    chord.push_back(i ? difference(before, now) : 0);
    bass.push_back(double(highest_near(onsets.low, times[i])));
    snare.push_back(double(highest_near(onsets.middle, times[i]) - highest_near(onsets.low, times[i])));
    before = now;
  }
  for (std::vector<double>* evidence : {&chord, &bass, &snare}) standardise(*evidence);
  double best_fit = -1e9;
  for (const size_t bar : {size_t(4), size_t(3)})
    for (size_t first = 0; first < bar; ++first) {
      double fit = kChordWeight * mean_at(chord, first, bar) + kBassWeight * mean_at(bass, first, bar);
      if (bar == 4) fit += kSnareWeight * (mean_at(snare, (first + 1) % 4, 2) - mean_at(snare, first % 2, 2)) / 2;
      if (bar == 3) fit -= kThreeIsRare;
      if (fit > best_fit) best_fit = fit, best = {int(bar), first};
    }
  return best;
}

}  // namespace arietta
