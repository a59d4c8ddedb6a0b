#include "analyse/onsets.h"

#include <algorithm>
#include <cmath>

#include "analyse/frames.h"

namespace arietta {
namespace {

constexpr double kWindowSeconds = 0.03;       // long enough to part bass from body, short enough to place a drum
constexpr int kLookBack = 2;                  // frames: the rise of a soft attack
constexpr double kLowestHz = 30, kHighestHz = 15000;
constexpr double kBandsPerOctave = 5;
constexpr double kLowEndHz = 160, kMiddleEndHz = 2500;
constexpr float kRangeDb = 60;                // what is further below the loudest is nobody's beat
constexpr float kBandRangeDb = 36;            // nor what is this far below the band's own loud moments
constexpr float kAccentDb = 40;               // an event this much softer counts a tenth
// The strongest part counts in full, the others add to it. Hats and shakers divide the beat: alone they count less.
constexpr float kHighWeight = 0.55f, kSecondWeight = 0.5f, kThirdWeight = 0.25f;
constexpr size_t kNeighbourhood = 500;        // frames each way: what counts as strong is decided within ten seconds

struct Band { size_t begin, end; double hz; };

std::vector<Band> bands_of(const Frames& frames) {
  std::vector<Band> bands;
  size_t begin = size_t(std::max(1.0, std::round(kLowestHz / frames.bin_hz())));
  for (double hz = kLowestHz; hz < kHighestHz; hz *= std::exp2(1 / kBandsPerOctave)) {
    const double end_hz = hz * std::exp2(1 / kBandsPerOctave);
    const size_t end = std::min(size_t(std::round(end_hz / frames.bin_hz())), size_t(frames.bins()));
    if (end <= begin) continue;                // narrower than a bin: it goes with the next
    bands.push_back({begin, end, double(begin + end - 1) / 2 * frames.bin_hz()});
    begin = end;
  }
  return bands;
}

float quantile(std::vector<float> values, double part) {
  if (values.empty()) return 0;
  const auto place = values.begin() + ptrdiff_t(part * double(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

struct Levels {
  std::vector<float> db;                       // frame by frame, band by band
  std::vector<float> strong_db;                // what each band reaches when it is loud
};

// Each band not lower than a floor: what is far below the loudest, or below the band's own loud moments, is no event
// but something that dies away.
Levels levels_of(Frames& frames, const std::vector<Band>& bands) {
  const size_t width = bands.size();
  Levels levels;
  levels.db.resize(frames.count() * width);
  for (size_t f = 0; f < frames.count(); ++f) {
    const span<const float> power = frames.power(f);
    for (size_t b = 0; b < width; ++b) {
      float sum = 0;
      for (size_t i = bands[b].begin; i < bands[b].end; ++i) sum += power[i];
      levels.db[f * width + b] = 10 * std::log10(sum + 1e-12f);
    }
  }
  const float loudest = *std::max_element(levels.db.begin(), levels.db.end());
  for (size_t b = 0; b < width; ++b) {
    std::vector<float> band;
    for (size_t f = 0; f < frames.count(); ++f) band.push_back(levels.db[f * width + b]);
    levels.strong_db.push_back(quantile(band, 0.98));
    const float floor = std::max(loudest - kRangeDb, levels.strong_db[b] - kBandRangeDb);
    for (size_t f = 0; f < frames.count(); ++f) levels.db[f * width + b] = std::max(levels.db[f * width + b], floor);
  }
  return levels;
}

// The strongest is 1; beyond that only what sticks out of its own surroundings counts.
void level_out(std::vector<float>& curve) {
  std::vector<float> peaks;
  for (size_t i = 1; i + 1 < curve.size(); ++i)
    if (curve[i] > curve[i - 1] && curve[i] >= curve[i + 1]) peaks.push_back(curve[i]);
  const float strong = quantile(peaks, 0.95);
  if (strong <= 0) return;
  for (float& value : curve) value = std::min(value / strong, 1.5f);
}

// Divides by how strong the stronger events around are, so that soft passages have beats too.
std::vector<float> in_its_surroundings(const std::vector<float>& curve) {
  std::vector<double> squares(curve.size() + 1), cubes(curve.size() + 1);
  for (size_t i = 0; i < curve.size(); ++i) {
    const double v = double(curve[i]);
    squares[i + 1] = squares[i] + v * v;
    cubes[i + 1] = cubes[i] + v * v * v;
  }
  std::vector<float> out(curve.size());
  for (size_t i = 0; i < curve.size(); ++i) {
    const size_t from = i > kNeighbourhood ? i - kNeighbourhood : 0, to = std::min(i + kNeighbourhood, curve.size());
    const double square = squares[to] - squares[from];
    const double strong = square > 0 ? (cubes[to] - cubes[from]) / square : 0;      // a mean that listens to peaks
    out[i] = float(std::min(double(curve[i]) / std::max(strong, 0.05), 1.5));
  }
  return out;
}

}  // namespace

Onsets find_onsets(span<const float> mono, float sample_rate) {
  Frames frames(mono, sample_rate, kWindowSeconds, 1 / kOnsetsPerSecond);
  const std::vector<Band> bands = bands_of(frames);
  const Levels levels = levels_of(frames, bands);
  const size_t count = frames.count(), width = bands.size();
  Onsets onsets;
  for (std::vector<float>* curve : {&onsets.low, &onsets.middle, &onsets.high, &onsets.all, &onsets.level_db}) curve->resize(count);
  for (size_t f = 0; f < count; ++f) {
    const float* now = &levels.db[f * width];
    onsets.level_db[f] = *std::max_element(now, now + width);
    if (f < size_t(kLookBack)) continue;
    const float* before = now - kLookBack * width;
    float rise[3] = {}, size[3] = {};
    for (size_t b = 0; b < width; ++b) {
      const float neighbours = std::max({before[b], before[b ? b - 1 : b], before[b + 1 < width ? b + 1 : b]});
      const int part = bands[b].hz < kLowEndHz ? 0 : bands[b].hz < kMiddleEndHz ? 1 : 2;
      const float accent = std::min(std::pow(10.0f, (now[b] - levels.strong_db[b]) / kAccentDb), 1.0f);
      rise[part] += accent * std::max(0.0f, now[b] - neighbours);
      size[part] += 1;
    }
    onsets.low[f] = size[0] > 0 ? rise[0] / size[0] : 0;
    onsets.middle[f] = size[1] > 0 ? rise[1] / size[1] : 0;
    onsets.high[f] = size[2] > 0 ? rise[2] / size[2] : 0;
  }
  for (std::vector<float>* curve : {&onsets.low, &onsets.middle, &onsets.high}) level_out(*curve);
  for (size_t f = 0; f < count; ++f) {
    float parts[] = {onsets.low[f], onsets.middle[f], kHighWeight * onsets.high[f]};
    std::sort(parts, parts + 3);
    onsets.all[f] = parts[2] + kSecondWeight * parts[1] + kThirdWeight * parts[0];
  }
  onsets.all = in_its_surroundings(onsets.all);
  return onsets;
}

}  // namespace arietta
