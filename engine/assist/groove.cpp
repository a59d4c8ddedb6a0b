#include "assist/groove.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "assist/groove_weights.gen.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr int kSteps = 16;                        // places in a bar that the model knows
constexpr int kInputs = int(std::size(groove::kStrike));
static_assert(kInputs == 2 + kSteps + 6 * kGrooveDrums + kGrooveStyles * (1 + kSteps) + 1 + kSteps);
constexpr int kDrafts = 36, kEagerSteps = 6;
constexpr double kMostEager = 2;                  // nats
constexpr int kFillEvery = 4;                     // bars: a phrase
constexpr double kLeastShare = .06;               // strokes less likely than this are slips of the model
constexpr double kBusySlant = 2.4;                // nats between least and most busy
constexpr double kTogether = .6;                  // nats for a bass or snare drum stroke with a note of the melody
constexpr double kWrongAmount = 16;               // nats a bar for twice or half as many strokes as the style has: silence is likely, and dull
constexpr double kTempoWeight = 1.5;              // an octave of tempo against a perfect match of accents
constexpr int kKeys[kGrooveDrums] = {36, 38, 42, 46, 51, 49, 45, 47, 50};

using Step = std::array<bool, kGrooveDrums>;

// Sixteenths from some way before the answer to its end.
class Pattern {
 public:
  Pattern(const GrooveWish& wish) : bar_(std::max(1, wish.bar / kGrooveStep)), start_(wish.from / kGrooveStep - 2 * bar_) {
    steps_.resize(size_t(std::max(0, (wish.to - wish.from) / kGrooveStep) + 2 * bar_));
    for (const GrooveStroke& stroke : wish.before) {
      const int at = stroke.onset / kGrooveStep - start_;
      if (at >= 0 && at < 2 * bar_ && stroke.drum >= 0 && stroke.drum < kGrooveDrums) steps_[size_t(at)][size_t(stroke.drum)] = true;
    }
  }
  int first() const { return 2 * bar_; }
  int count() const { return int(steps_.size()); }
  int bar() const { return bar_; }
  int tick(int step) const { return (step + start_) * kGrooveStep; }
  Step& at(int step) { return steps_[size_t(step)]; }
  const Step& at(int step) const { return steps_[size_t(step)]; }
  bool heard(int from, int to) const {
    return std::any_of(steps_.begin() + from, steps_.begin() + to, [](const Step& s) { return std::find(s.begin(), s.end(), true) != s.end(); });
  }

 private:
  int bar_, start_;
  std::vector<Step> steps_;
};

// The inputs that are not 0, in the order of train_groove.py; all of them are 1.
class Inputs {
 public:
  Inputs(const Pattern& pattern, int step, int style, bool fill) {
    const int place = step % pattern.bar() % kSteps;
    add(0);
    if (!pattern.heard(std::max(0, step - pattern.bar()), step)) add(1);
    add(2 + place);
    const int back[] = {pattern.bar(), 2 * pattern.bar(), 1, 2, 4};
    int base = 2 + kSteps;
    for (const int steps : back) {
      for (int drum = 0; drum < kGrooveDrums && step >= steps; ++drum) {
        if (pattern.at(step - steps)[size_t(drum)]) add(base + drum);
      }
      base += kGrooveDrums;
    }
    same_step_ = base;
    base += kGrooveDrums;
    add(base + style);
    add(base + kGrooveStyles + style * kSteps + place);
    base += kGrooveStyles * (1 + kSteps);
    if (fill) add(base), add(base + 1 + place);
  }
  void struck(int drum) { add(same_step_ + drum); }
  double sum(const int16_t (&weights)[kInputs][kGrooveDrums], int drum) const {
    int total = 0;
    for (int i = 0; i < count_; ++i) total += weights[at_[size_t(i)]][drum];
    return total;
  }

 private:
  void add(int input) { at_[size_t(count_++)] = uint8_t(input); }
  std::array<uint8_t, kInputs> at_;
  int count_ = 0, same_step_ = 0;
};

double share(double logit) { return 1 / (1 + std::exp(-logit)); }

// A bar at the end of a phrase is a fill; so is the last one of a longer answer.
bool is_fill(const Pattern& pattern, int step) {
  const int bars = (pattern.count() - pattern.first()) / pattern.bar(), bar = (step - pattern.first()) / pattern.bar();
  return step >= pattern.first() && bars > 1 && (bar % kFillEvery == kFillEvery - 1 || bar == bars - 1) && (step % pattern.bar()) * 2 >= pattern.bar();
}

struct Draft { Groove groove; double worth = 0; };

// `eager` makes up for what choosing surely takes away: most strokes are a little less likely than silence.
Draft write(const GrooveWish& wish, int style, const std::vector<bool>& sung, double eager, Random& random) {
  Pattern pattern(wish);
  Draft draft;
  const double temperature = .35 + .7 * wish.adventurous, slant = kBusySlant * (wish.busy - .5);
  for (int step = pattern.first(); step < pattern.count(); ++step) {
    Inputs inputs(pattern, step, style, is_fill(pattern, step));
    for (int drum = 0; drum < kGrooveDrums; ++drum) {
      const double logit = inputs.sum(groove::kStrike, drum) / 1000 + slant, likely = share(logit);
      const bool struck = likely >= kLeastShare && double(random.unit()) < share((logit + eager) / temperature);
      draft.worth += std::log(std::max(struck ? likely : 1 - likely, 1e-6));
      if (!struck) continue;
      pattern.at(step)[size_t(drum)] = true;
      if (drum < 2 && sung[size_t(step - pattern.first())]) draft.worth += kTogether;
      const int velocity = int(std::lround(inputs.sum(groove::kLoud, drum) * .127));
      const int late = int(std::lround(inputs.sum(groove::kLate, drum) / 10));
      draft.groove.push_back({pattern.tick(step), drum, std::clamp(velocity, 12, 127), std::clamp(late, -50, 50)});
      inputs.struck(drum);
    }
  }
  const double bars = double(pattern.count() - pattern.first()) / pattern.bar();
  const double usual = groove::kStrokes[style] * std::exp2(2 * (wish.busy - .5)) * pattern.bar() / kSteps;
  draft.worth -= kWrongAmount * bars * std::fabs(std::log2(std::max(1.0, double(draft.groove.size()) / std::max(bars, 1.0)) / usual));
  return draft;
}

// How well the playing so far can be told from the style.
double likelihood(const GrooveWish& wish, int style) {
  const Pattern pattern(wish);
  double sum = 0;
  for (int step = pattern.bar(); step < pattern.first(); ++step) {
    Inputs inputs(pattern, step, style, false);
    for (int drum = 0; drum < kGrooveDrums; ++drum) {
      const double likely = share(inputs.sum(groove::kStrike, drum) / 1000);
      const bool struck = pattern.at(step)[size_t(drum)];
      sum += std::log(std::max(struck ? likely : 1 - likely, 1e-6));
      if (struck) inputs.struck(drum);
    }
  }
  return sum;
}

// How much the melody's onsets lie where the style has its bass and snare drum, and how near the tempos are.
double suits(const GrooveWish& wish, int style) {
  std::array<double, kSteps> onsets{};
  for (const MelodyNote& note : wish.melody) onsets[size_t(std::max(0, note.onset) % std::max(1, wish.bar) / kGrooveStep % kSteps)] += 1;
  const double mean_onsets = std::accumulate(onsets.begin(), onsets.end(), 0.0) / kSteps;
  const double mean_beats = std::accumulate(std::begin(groove::kBeats[style]), std::end(groove::kBeats[style]), 0.0) / kSteps;
  double both = 0, own = 1e-9, other = 1e-9;
  for (int i = 0; i < kSteps; ++i) {
    const double a = onsets[size_t(i)] - mean_onsets, b = groove::kBeats[style][i] - mean_beats;
    both += a * b, own += a * a, other += b * b;
  }
  return both / std::sqrt(own * other) - kTempoWeight * std::fabs(std::log2(std::max(wish.tempo, 1.0) / groove::kTempo[style]));
}

std::vector<int> styles_for(const GrooveWish& wish, bool goes_on) {
  std::array<double, kGrooveStyles> worth;
  for (int style = 0; style < kGrooveStyles; ++style) worth[size_t(style)] = goes_on ? likelihood(wish, style) : suits(wish, style);
  std::vector<int> order(kGrooveStyles);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return worth[size_t(a)] > worth[size_t(b)]; });
  return order;
}

}  // namespace

std::vector<Groove> grooves_for(const GrooveWish& wish, int count) {
  const Pattern pattern(wish);
  std::vector<bool> sung(size_t(std::max(0, pattern.count() - pattern.first())));
  for (const MelodyNote& note : wish.melody) {
    const int step = (note.onset - wish.from + kGrooveStep / 2) / kGrooveStep;
    if (note.onset >= wish.from - kGrooveStep / 2 && step < int(sung.size())) sung[size_t(step)] = true;
  }
  const bool goes_on = pattern.heard(0, pattern.first());
  const std::vector<int> styles = styles_for(wish, goes_on);
  std::vector<Groove> made;
  for (int i = 0; i < count; ++i) {
    const int style = goes_on ? styles[0] : styles[size_t(i) % styles.size()];
    Random random(wish.seed * 2654435761u + uint32_t(i) * 40503u + 5);
    for (int skipped = 0; skipped < 8; ++skipped) random.next();      // seeds that are near each other start alike
    Draft best;
    for (int draft = 0; draft < kDrafts; ++draft) {
      Draft next = write(wish, style, sung, kMostEager * (draft % kEagerSteps) / kEagerSteps, random);
      if (draft == 0 || next.worth > best.worth) best = std::move(next);
    }
    made.push_back(std::move(best.groove));
  }
  return made;
}

int key_of_drum(int drum) { return kKeys[std::clamp(drum, 0, kGrooveDrums - 1)]; }

int drum_of_key(int key) {
  constexpr signed char kDrums[] = {0, 0, 1, 1, 1, 1, 6, 2, 6, 2, 6, 3, 7, 7, 5, 8, 4, 5, 4, -1, 5, -1, 5, -1, 4};   // 35 to 59
  return key < 35 || key > 59 ? -1 : kDrums[key - 35];
}

}  // namespace arietta
