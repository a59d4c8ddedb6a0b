#include "analyse/beats.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr double kSlowest = 50, kFastest = 190;       // beats a minute; faster ones are tapped at half
constexpr double kLiked = 108;                        // where tapping is most natural
constexpr double kPeriodStep = 0.01;                  // periods are 1 % apart: closer than ears tell
constexpr float kWorth = 0.5f;                        // what a beat must bring in, or it had better not be there
constexpr float kTasteWeight = 0.5f;                  // per second and octave squared away from kLiked
constexpr float kStepCost = 0.086f;                   // per beat and step of period it changes by ...
constexpr float kStrayCost = 0.04f;                   // ... and per frame it comes early or late
constexpr int kMostSteps = 6;                         // of period in one beat: 6 %
constexpr int kStray = 2;                             // frames
constexpr double kShortest = 3;                       // seconds: less has no tempo anybody could be sure of
constexpr int kFewest = 4;
constexpr float kPlayed = 0.3f;                       // of the usual strong onset
constexpr double kOwnWill = 0.5;                      // how far a strong beat may leave the line of its neighbours

struct Period { int frames; float taste; };

std::vector<Period> periods() {
  std::vector<Period> all;
  for (double seconds = 60 / kFastest; seconds <= 60 / kSlowest; seconds *= 1 + kPeriodStep) {
    const double octaves = std::log2(seconds * kLiked / 60);
    all.push_back({int(std::lround(seconds * kOnsetsPerSecond)), -kTasteWeight * float(octaves * octaves * seconds)});
  }
  return all;
}

// An onset a frame or two off the beat still counts.
std::vector<float> widened(const std::vector<float>& onsets) {
  constexpr float kShape[] = {1, 0.8f, 0.4f};
  std::vector<float> out(onsets.size());
  for (size_t i = 0; i < onsets.size(); ++i)
    for (int away = -2; away <= 2; ++away) {
      const int64_t at = int64_t(i) + away;
      if (at >= 0 && at < int64_t(onsets.size())) out[i] = std::max(out[i], onsets[size_t(at)] * kShape[std::abs(away)]);
    }
  return out;
}

class Search {
 public:
  explicit Search(const std::vector<float>& gain) : gain_(gain), periods_(periods()), width_(int(periods_.size())) {
    ring_ = size_t(periods_.back().frames + kStray + 1);
    best_.resize(ring_ * size_t(width_));
    steps_.resize(gain.size() * size_t(width_));
  }

  std::vector<size_t> run() {
    for (size_t t = 0; t < gain_.size(); ++t)
      for (int p = 0; p < width_; ++p) visit(t, p);
    return trace();
  }

 private:
  // How a path came to a beat: its period before, and how early or late it is; packed into a byte, 0 for its first beat.
  static uint8_t packed(int change, int stray) { return uint8_t(1 + (change + kMostSteps) * (2 * kStray + 1) + stray + kStray); }
  static int change_in(uint8_t step) { return (step - 1) / (2 * kStray + 1) - kMostSteps; }
  static int stray_in(uint8_t step) { return (step - 1) % (2 * kStray + 1) - kStray; }

  float* row(size_t t) { return &best_[t % ring_ * size_t(width_)]; }
  uint8_t& step(size_t t, int p) { return steps_[t * size_t(width_) + size_t(p)]; }

  // The best path that ends with a beat at t, one period after the last.
  void visit(size_t t, int p) {
    const Period& period = periods_[size_t(p)];
    float best = t < size_t(period.frames) ? 0 : -1e9f;       // a path begins within one period of the start
    uint8_t how = 0;
    for (int stray = -kStray; stray <= kStray; ++stray) {
      const int64_t before = int64_t(t) - period.frames - stray;
      if (before < 0) continue;
      const float* from = row(size_t(before));
      for (int change = std::max(-kMostSteps, -p); change <= std::min(kMostSteps, width_ - 1 - p); ++change) {
        const float value = from[p + change] - kStepCost * float(std::abs(change)) - kStrayCost * float(std::abs(stray));
        if (value <= best) continue;
        best = value;
        how = packed(change, stray);
      }
    }
    row(t)[p] = best + gain_[t] - kWorth + period.taste;
    step(t, p) = how;
  }

  std::vector<size_t> trace() {
    size_t t = 0;
    int p = 0;
    float best = -1e9f;
    for (int q = 0; q < width_; ++q) {
      const size_t last = size_t(periods_[size_t(q)].frames);
      for (size_t end = gain_.size() > last ? gain_.size() - last : 0; end < gain_.size(); ++end)
        if (row(end)[q] > best) best = row(end)[q], t = end, p = q;
    }
    std::vector<size_t> beats;
    for (;;) {
      beats.push_back(t);
      const uint8_t how = step(t, p);
      if (how == 0) break;
      t -= size_t(periods_[size_t(p)].frames + stray_in(how));
      p += change_in(how);
    }
    std::reverse(beats.begin(), beats.end());
    return beats;
  }

  const std::vector<float>& gain_;
  const std::vector<Period> periods_;
  const int width_;
  size_t ring_ = 0;
  std::vector<float> best_;           // of the last frames, as many as the longest period
  std::vector<uint8_t> steps_;
};

// Where the curve is highest near a frame, between frames; and how high.
struct Top { double time_s; float height; };

Top top_near(const std::vector<float>& onsets, size_t t) {
  constexpr size_t kReach = 3;
  size_t top = t;
  for (size_t i = t > kReach ? t - kReach : 0; i <= std::min(t + kReach, onsets.size() - 1); ++i)
    if (onsets[i] > onsets[top]) top = i;
  double place = double(top);
  if (top > 0 && top + 1 < onsets.size()) {
    const double left = double(onsets[top - 1]), middle = double(onsets[top]), right = double(onsets[top + 1]);
    const double bend = left - 2 * middle + right;
    if (bend < 0) place += std::clamp(0.5 * (left - right) / bend, -0.5, 0.5);
  }
  return {place / kOnsetsPerSecond, onsets[top]};
}

// A straight line through the beats around each: its value there, and its slope.
struct Line { double time_s, period_s; };

Line line_around(const std::vector<Top>& tops, size_t at) {
  constexpr size_t kReach = 4;
  const size_t from = at > kReach ? at - kReach : 0, to = std::min(at + kReach, tops.size() - 1);
  double weight = 0, x = 0, y = 0;
  for (size_t i = from; i <= to; ++i) {
    const double w = 0.1 + double(tops[i].height);
    weight += w, x += w * double(i), y += w * tops[i].time_s;
  }
  x /= weight, y /= weight;
  double xx = 0, xy = 0;
  for (size_t i = from; i <= to; ++i) {
    const double w = 0.1 + double(tops[i].height), dx = double(i) - x;
    xx += w * dx * dx, xy += w * dx * (tops[i].time_s - y);
  }
  const double slope = xx > 0 ? xy / xx : 0;
  return {y + slope * (double(at) - x), slope};
}

double mean(const std::vector<float>& values) {
  double sum = 0;
  for (float v : values) sum += double(v);
  return values.empty() ? 0 : sum / double(values.size());
}

// How much stronger onsets are on beats than a search through chance would have made them.
double clarity_of(const std::vector<float>& gain, const std::vector<size_t>& beats) {
  double on = 0;
  for (size_t t : beats) on += double(gain[t]);
  const double off = mean(gain);
  on /= double(beats.size());
  return on > 0 ? std::clamp(1 - off / on, 0.0, 1.0) : 0;
}

// Beats are more than a path from one sound to another: enough of them must be played.
bool enough_played(const std::vector<float>& gain, const std::vector<size_t>& beats) {
  const auto played = [&](size_t t) { return gain[t] > kPlayed; };
  const auto count = std::count_if(beats.begin(), beats.end(), played);
  return count >= kFewest && 4 * count >= ptrdiff_t(beats.size());
}

}  // namespace

Beats find_beats(const Onsets& onsets) {
  Beats beats;
  if (onsets.all.size() < size_t(kShortest * kOnsetsPerSecond)) return beats;
  const std::vector<float> gain = widened(onsets.all);
  const std::vector<size_t> found = Search(gain).run();
  if (!enough_played(gain, found)) return beats;
  beats.clarity = clarity_of(gain, found);
  std::vector<Top> tops;
  for (size_t t : found) tops.push_back(top_near(onsets.all, t));
  std::vector<double> periods_s;
  for (size_t i = 0; i < tops.size(); ++i) {
    const Line line = line_around(tops, i);
    const double strength = std::min(double(tops[i].height), 1.0);       // a beat nobody played lies on the line
    beats.times_s.push_back(std::max(0.0, line.time_s + strength * kOwnWill * (tops[i].time_s - line.time_s)));
    periods_s.push_back(line.period_s);
  }
  std::nth_element(periods_s.begin(), periods_s.begin() + ptrdiff_t(periods_s.size() / 2), periods_s.end());
  const double period_s = periods_s[periods_s.size() / 2];
  beats.tempo = period_s > 0 ? 60 / period_s : 0;
  return beats;
}

}  // namespace arietta
